import { Alert, Button, Checkbox, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, auditReason, isRefusal, type Schemas } from '../../api.ts';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import { useKeyed } from '../../shared/use-keyed.ts';
import type { ResolveCaseAction } from './actions.ts';
import { textIn } from '../../shared/form/text-in.ts';
import './texts.ts';

type Order = Schemas['Order'];

const REASON_MOST = 500;

interface ReasonFormProps<Answer> {
  readonly text: string;
  readonly submitLabel: string;
  readonly color?: string;
  readonly close: () => void;
  readonly children?: ReactNode;
  /** Throws what the shop refuses. */
  readonly send: (reason: string) => Promise<Answer>;
  readonly done: (answer: Answer) => void;
}

/** Something that staff do to orders, with the reason that the audit trail keeps. */
export const ReasonForm = <Answer,>({
  text,
  submitLabel,
  color,
  close,
  children,
  send,
  done,
}: ReasonFormProps<Answer>): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: send,
    onSuccess: async (answer) => {
      close();
      done(answer);
      await queries.invalidateQueries({ queryKey: ['orders'] });
    },
    // Shows the current order, which explains the refusal.
    onError: (error) => {
      if (isRefusal(error)) void queries.invalidateQueries({ queryKey: ['orders', 'one'] });
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

const succeeded = (message: string): void => notify({ color: 'teal', message });

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
      done={() => succeeded(order.status === 'pending' ? t('cancel.done') : t('cancel.requested'))}
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
  readonly action: ResolveCaseAction;
  readonly close: () => void;
}

export const CaseForm = ({ order, action, close }: CaseFormProps): ReactNode => {
  const { t } = useTranslation();
  const keyed = useKeyed();
  const { case_id: caseId, kind, resolutions } = action;
  const [chosen, setChosen] = useState(resolutions[0]);
  const [restock, setRestock] = useState(false);
  // What was chosen may no longer be possible.
  const resolution = resolutions.find((one) => one === chosen) ?? resolutions[0] ?? 'dismiss';
  return (
    <ReasonForm
      text={t(`case.${kind}`)}
      submitLabel={t('case.submit')}
      close={close}
      done={() => succeeded(t('case.done'))}
      send={(reason) =>
        keyed((key) =>
          api.POST('/api/v1/orders/{order_id}/case-resolution', {
            params: {
              path: { order_id: order.order_id },
              header: { 'Idempotency-Key': key, ...auditReason(reason) },
            },
            body: { case_id: caseId, resolution, restock: action.restock && restock },
          }),
        )
      }
    >
      <Radio.Group
        label={t('case.how')}
        value={resolution}
        onChange={(value) => setChosen(resolutions.find((one) => one === value))}
      >
        <Stack gap="xs" mt="xs">
          {resolutions.map((one) => (
            <Radio
              key={one}
              value={one}
              label={t(`case.resolution.${one}`)}
              description={t(`case.resolutionText.${one}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {action.restock && (
        <Checkbox
          label={t('case.restock')}
          checked={restock}
          onChange={(event) => setRestock(event.currentTarget.checked)}
        />
      )}
    </ReasonForm>
  );
};

export const HoldForm = ({ order, close }: CancelFormProps): ReactNode => {
  const { t } = useTranslation();
  return (
    <ReasonForm
      text={t('parcel.holdText')}
      submitLabel={t('parcel.hold')}
      close={close}
      done={() => succeeded(t('parcel.holdDone'))}
      send={(reason) =>
        api.PUT('/api/v1/staff/orders/{order_id}/hold', {
          params: { path: { order_id: order.order_id }, header: auditReason(reason) },
          body: { reason },
        })
      }
    />
  );
};
