import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Modal } from '../modal.tsx';

/** A navigation that waits for an answer. */
export interface Leaving {
  readonly proceed?: (() => void) | undefined;
  readonly reset?: (() => void) | undefined;
}

/** Asks before unsaved changes are lost. */
const LeaveDialog = ({ leaving }: { readonly leaving: Leaving }): ReactNode => {
  const { t } = useTranslation();
  const stay = (): void => leaving.reset?.();
  return (
    <Modal opened onClose={stay} title={t('leave.title')} closeButtonProps={{ 'aria-label': t('act.close') }}>
      <Stack gap="md">
        <Text size="sm">{t('leave.text')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => leaving.proceed?.()}>
            {t('leave.leave')}
          </Button>
          <Button onClick={stay} data-autofocus>
            {t('leave.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};

export default LeaveDialog;
