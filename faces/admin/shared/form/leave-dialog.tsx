import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface LeaveDialogProps {
  /** Of `useBlocker`. */
  readonly blocker: {
    readonly status: 'blocked' | 'idle';
    readonly proceed?: (() => void) | undefined;
    readonly reset?: (() => void) | undefined;
  };
}

/** Asks before unsaved changes are lost. */
export const LeaveDialog = ({ blocker }: LeaveDialogProps): ReactNode => {
  const { t } = useTranslation();
  const stay = (): void => blocker.reset?.();
  return (
    <Modal opened={blocker.status === 'blocked'} onClose={stay} title={t('leave.title')} closeButtonProps={{ 'aria-label': t('act.close') }}>
      <Stack gap="md">
        <Text size="sm">{t('leave.text')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
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
