import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isRefusal } from '../api.ts';
import { Modal } from './modal.tsx';
import { textIn } from './form/text-in.ts';
import { notify } from './notify.ts';
import { problemText } from './problem-text.ts';

const REASON_MOST = 500;

interface ActDialogProps<Result> {
  readonly title: string;
  readonly text: string;
  readonly submitLabel: string;
  readonly color?: string;
  readonly close: () => void;
  /** Further fields. */
  readonly children?: ReactNode;
  /** False for acts that the audit trail does not keep. */
  readonly hasReason?: boolean;
  /** What is missing before it can be sent, as a sentence. */
  readonly missing?: string | undefined;
  /** Throws what the shop refuses. */
  readonly send: (reason: string) => Promise<Result>;
  readonly done: string;
  readonly onDone?: (result: Result) => void;
  /** The key of the queries whose data the act changes. */
  readonly changes: string;
}

/** Something that staff do to a record once they have confirmed it, with the reason that the audit trail keeps. */
export const ActDialog = <Result,>({
  title,
  text,
  submitLabel,
  color,
  close,
  children,
  hasReason = true,
  missing,
  send,
  done,
  onDone,
  changes,
}: ActDialogProps<Result>): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isTried, setTried] = useState(false);
  const act = useMutation({
    mutationFn: send,
    onSuccess: (result) => {
      close();
      notify({ color: 'teal', message: done });
      onDone?.(result);
    },
    // Shows the current record, which explains the refusal.
    onSettled: () => queries.invalidateQueries({ queryKey: [changes] }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTried(true);
    if (!act.isPending && missing === undefined) act.mutate(textIn(event.currentTarget, 'reason').trim());
  };
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': t('act.close') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {act.error && (
            <Alert color="red" role="alert">
              {isRefusal(act.error) && act.error.status === 412
                ? t('problem.PRECONDITION_FAILED')
                : problemText(act.error, t)}
            </Alert>
          )}
          <Text size="sm">{text}</Text>
          {children}
          {isTried && missing !== undefined && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {missing}
            </Text>
          )}
          {hasReason && (
            <TextInput
              name="reason"
              label={t('audit.reason')}
              description={t('audit.reasonHint')}
              maxLength={REASON_MOST}
              required
              {...(children === undefined ? { 'data-autofocus': true } : {})}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('act.back')}
            </Button>
            <Button type="submit" loading={act.isPending} {...(color === undefined ? {} : { color })}>
              {submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
