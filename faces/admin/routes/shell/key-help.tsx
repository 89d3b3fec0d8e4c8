import { Group, Kbd, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { screensFor } from '../../screens.ts';
import { useSession } from '../../session.ts';
import { Modal } from '../../shared/modal.tsx';

const EVERYWHERE = [
  { keys: ['Ctrl', 'K'], name: 'palette' },
  { keys: ['?'], name: 'help' },
  { keys: ['Ctrl', 'S'], name: 'save' },
  { keys: ['/'], name: 'search' },
] as const;

const ORDER = [
  { keys: ['J'], name: 'nextOrder' },
  { keys: ['K'], name: 'previousOrder' },
] as const;

const SHEET = [
  { keys: ['↑', '↓', '←', '→'], name: 'move' },
  { keys: ['Shift', '↓'], name: 'range' },
  { keys: ['Enter'], name: 'edit' },
  { keys: ['Delete'], name: 'clear' },
  { keys: ['Ctrl', 'C'], name: 'copy' },
  { keys: ['Ctrl', 'V'], name: 'paste' },
  { keys: ['Ctrl', 'Z'], name: 'undo' },
  { keys: ['Ctrl', 'Y'], name: 'redo' },
] as const;

const REVIEWS = [
  { keys: ['J'], name: 'next' },
  { keys: ['K'], name: 'previous' },
  { keys: ['A'], name: 'approve' },
  { keys: ['R'], name: 'reject' },
] as const;

interface KeyRowProps {
  readonly keys: readonly string[];
  readonly text: string;
}

const KeyRow = ({ keys, text }: KeyRowProps): ReactNode => (
  <Group justify="space-between" wrap="nowrap">
    <Text size="sm">{text}</Text>
    <Group gap={4} wrap="nowrap">
      {keys.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </Group>
  </Group>
);

const KeyHelp = ({ close }: { readonly close: () => void }): ReactNode => {
  const { t } = useTranslation();
  const { permissions } = useSession();
  const screens = screensFor(permissions);
  const has = (name: string): boolean => screens.some((screen) => screen.name === name);
  return (
    <Modal opened onClose={close} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('act.close') }}>
      <Stack gap="xs">
        {EVERYWHERE.map(({ keys, name }) => (
          <KeyRow key={name} keys={keys} text={t(`keys.${name}`)} />
        ))}
        {screens.map(({ name, key }) => (
          <KeyRow
            key={name}
            keys={['G', key.toUpperCase()]}
            text={t('keys.goTo', { page: t(`menu.${name}`) })}
          />
        ))}
        {has('orders') && (
          <>
            <Title order={3} size="sm" mt="sm">
              {t('keys.order')}
            </Title>
            {ORDER.map(({ keys, name }) => (
              <KeyRow key={name} keys={keys} text={t(`keys.${name}`)} />
            ))}
          </>
        )}
        {has('stock') && (
          <>
            <Title order={3} size="sm" mt="sm">
              {t('keys.sheet')}
            </Title>
            {SHEET.map(({ keys, name }) => (
              <KeyRow key={name} keys={keys} text={t(`keys.${name}`)} />
            ))}
          </>
        )}
        {has('reviews') && (
          <>
            <Title order={3} size="sm" mt="sm">
              {t('menu.reviews')}, {t('menu.questions')}
            </Title>
            {REVIEWS.map(({ keys, name }) => (
              <KeyRow key={name} keys={keys} text={t(`keys.${name}`)} />
            ))}
          </>
        )}
      </Stack>
    </Modal>
  );
};

export default KeyHelp;
