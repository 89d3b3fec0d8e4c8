import { Alert, Box, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Modal } from '../modal.tsx';
import { problemText } from '../problem-text.ts';
import { Td, Th } from '../table.tsx';
import type { Conflict } from './three-way.ts';
import { isClash } from './use-clash.ts';

interface ConflictDialogProps {
  readonly conflicts: readonly Conflict[];
  readonly nameOf: (field: string) => string;
  /** A text of a field as people read it; neither missing nor empty. @param base the text before either change */
  readonly shown: (field: string, text: string, base: string) => string;
  readonly isBusy: boolean;
  /** Why the result could not be saved. */
  readonly error: Error | null;
  readonly close: () => void;
  /** With the fields for which the other's change was chosen. */
  readonly save: (theirs: ReadonlySet<string>) => void;
}

/** Two people changed the same: what only one of them changed is merged, and what both changed is chosen here. */
export const ConflictDialog = ({
  conflicts,
  nameOf,
  shown,
  isBusy,
  error,
  close,
  save,
}: ConflictDialogProps): ReactNode => {
  const { t } = useTranslation();
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const choose = (field: string, isTheirs: boolean): void => {
    const next = new Set(theirs);
    if (isTheirs) next.add(field);
    else next.delete(field);
    setTheirs(next);
  };
  const textOf = (field: string, text: string | undefined, base = ''): string => {
    if (text === undefined) return t('conflict.absent');
    return text === '' ? t('conflict.empty') : shown(field, text, base);
  };

  return (
    <Modal
      opened
      onClose={close}
      title={t('conflict.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('conflict.text')}</Text>
        {conflicts.length === 0 ? (
          <Alert color="teal">{t('conflict.merged')}</Alert>
        ) : (
          <Box style={{ overflowX: 'auto' }}>
            <table className="table lines" aria-label={t('conflict.title')} style={{ minWidth: 560 }}>
              <thead>
                <tr>
                  <Th>{t('conflict.field')}</Th>
                  <Th>{t('conflict.base')}</Th>
                  <Th>{t('conflict.mine')}</Th>
                  <Th>{t('conflict.theirs')}</Th>
                </tr>
              </thead>
              <tbody>
                {conflicts.map(({ field, base, mine, theirs: other }) => (
                  <tr key={field}>
                    <Th fw={500}>{nameOf(field)}</Th>
                    <Td c="dimmed">{textOf(field, base, base)}</Td>
                    <Td>
                      <Radio
                        name={field}
                        checked={!theirs.has(field)}
                        onChange={() => choose(field, false)}
                        label={textOf(field, mine, base)}
                      />
                    </Td>
                    <Td>
                      <Radio
                        name={field}
                        checked={theirs.has(field)}
                        onChange={() => choose(field, true)}
                        label={textOf(field, other, base)}
                      />
                    </Td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Box>
        )}
        {error && !isClash(error) && (
          <Alert color="red" role="alert">
            {problemText(error, t)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('act.back')}
          </Button>
          <Button loading={isBusy} onClick={() => save(theirs)} data-autofocus>
            {t('conflict.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
