import { Alert, Button, Checkbox, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, auditReason, type Schemas } from '../../api.ts';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import { useKeyed } from '../../shared/use-keyed.ts';
import { resolutionsOf, type Case, type Resolution } from './acts.ts';
import { textIn } from '../../shared/form/text-in.ts';

type Order = Schemas['Order'];

const REASON_MOST = 500;

interface ReasonFormProps {
  readonly text: string;
  readonly submitLabel: string;
  readonly color?: string;
  readonly close: () => void;
  readonly children?: ReactNode;
  /** Throws what the shop refuses. */
  readonly send: (reason: string) => Promise<unknown>;
  readonly done: string;
}

/** Something that staff do to an order, with the reason that the audit trail keeps. */
const ReasonForm = ({
  text,
  submitLabel,
  color,
  close,
  children,
  send,
  done,
}: ReasonFormProps): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      close();
      notify({ color: 'teal', message: done });
      await queries.invalidateQueries({ queryKey: ['orders'] });
    },
  });
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!act.isPending) act.mutate(textIn(event.currentTarget, 'reason'));
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        {act.error && (
          <Alert color="red" role="alert">
            {problemText(act.error, t)}
          </Alert>
        )}
        <Text size="sm">{text}</Text>
        {children}
        <TextInput
          name="reason"
          label={t('audit.reason')}
          description={t('audit.reasonHint')}
          maxLength={REASON_MOST}
          required
          data-autofocus
        />
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
  );
};

interface CancelFormProps {
  readonly order: Order;
  readonly close: () => void;
}

export const CancelForm = ({ order, close }: CancelFormProps): ReactNode => {
  const { t } = useTranslation();
  return (
    <ReasonForm
      text={order.status === 'pending' ? t('cancel.textPending') : t('cancel.textConfirmed')}
      submitLabel={t('cancel.submit')}
      color="red"
      close={close}
      done={order.status === 'pending' ? t('cancel.done') : t('cancel.requested')}
      send={(reason) =>
        api.PUT('/api/v1/orders/{order_id}/cancel', {
          params: { path: { order_id: order.order_id }, header: auditReason(reason) },
        })
      }
    />
  );
};

interface CaseFormProps {
  readonly order: Order;
  readonly case: Case;
  readonly refundable: number;
  readonly close: () => void;
}

export const CaseForm = ({ order, case: one, refundable, close }: CaseFormProps): ReactNode => {
  const { t } = useTranslation();
  const keyed = useKeyed();
  const choices = resolutionsOf(order, one, refundable);
  const [resolution, setResolution] = useState<Resolution>(choices[0] ?? 'dismiss');
  const [restock, setRestock] = useState(false);
  return (
    <ReasonForm
      text={t(`case.${one.kind}`)}
      submitLabel={t('case.submit')}
      close={close}
      done={t('case.done')}
      send={(reason) =>
        keyed((key) =>
          api.POST('/api/v1/orders/{order_id}/case-resolution', {
            params: {
              path: { order_id: order.order_id },
              header: { 'Idempotency-Key': key, ...auditReason(reason) },
            },
            body: { case_id: one.case_id, resolution, restock: one.kind === 'returned' && restock },
          }),
        )
      }
    >
      <Radio.Group
        label={t('case.how')}
        value={resolution}
        onChange={(value) => setResolution(choices.find((choice) => choice === value) ?? 'dismiss')}
      >
        <Stack gap="xs" mt="xs">
          {choices.map((choice) => (
            <Radio
              key={choice}
              value={choice}
              label={t(`case.resolution.${choice}`)}
              description={t(`case.resolutionText.${choice}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {one.kind === 'returned' && (
        <Checkbox
          label={t('case.restock')}
          checked={restock}
          onChange={(event) => setRestock(event.currentTarget.checked)}
        />
      )}
    </ReasonForm>
  );
};
