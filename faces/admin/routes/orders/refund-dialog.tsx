import { Alert, Button, Group, NumberInput, Stack, Table, Text, TextInput, UnstyledButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api, auditReason, type Schemas } from '../../api.ts';
import { decimalsOf } from '../../shared/format.ts';
import { problemText } from '../../shared/problem-text.ts';
import { useFormat } from '../../shared/use-format.ts';
import { useKeyed } from '../../shared/use-keyed.ts';
import { afterRefund } from './acts.ts';

interface RefundDialogProps {
  readonly order: Schemas['Order'];
  /** Major units. */
  readonly refundable: number;
  readonly close: () => void;
}

const REASON_MOST = 200;

export const RefundForm = ({ order, refundable, close }: RefundDialogProps): ReactNode => {
  const { t } = useTranslation();
  const { money } = useFormat();
  const queries = useQueryClient();
  const keyed = useKeyed();
  const { currency } = order;
  const decimals = decimalsOf(currency);

  const schema = z.object({
    amount: z
      .number({ error: t('refund.amountMissing') })
      .positive(t('refund.amountMissing'))
      .max(refundable, t('refund.tooHigh', { most: money(refundable, currency) })),
    reason: z.string().trim().min(1, t('refund.reasonMissing')).max(REASON_MOST),
  });
  type Values = z.infer<typeof schema>;

  const form = useForm<Values, unknown, Values>({
    resolver: zodResolver(schema),
    defaultValues: { reason: '' },
  });
  const refund = useMutation({
    mutationFn: ({ amount, reason }: Values) =>
      keyed((key) =>
        api.POST('/api/v1/orders/{order_id}/refunds', {
          params: { path: { order_id: order.order_id }, header: { 'Idempotency-Key': key, ...auditReason(reason) } },
          body: { amount, currency, reason },
        }),
      ),
    onSuccess: async (_answer, { amount }) => {
      close();
      notifications.show({ color: 'teal', message: t('refund.done', { amount: money(amount, currency) }) });
      await queries.invalidateQueries({ queryKey: ['orders'] });
    },
  });
  const { errors } = form.formState;
  const amount = form.watch('amount') as number | undefined;
  const isValid = amount !== undefined && amount > 0 && amount <= refundable;
  const preview = afterRefund(order, refundable, isValid ? amount : 0);

  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit((values) => refund.mutate(values))(event)}>
      <Stack gap="md">
        {refund.error && (
          <Alert color="red" role="alert">
            {problemText(refund.error, t)}
          </Alert>
        )}
        <Controller
          control={form.control}
          name="amount"
          render={({ field: { ref, value, onChange, onBlur, name } }) => (
            <NumberInput
              ref={ref}
              name={name}
              label={t('refund.amount')}
              value={(value as number | undefined) ?? ''}
              onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
              onBlur={onBlur}
              suffix={` ${currency}`}
              decimalScale={decimals}
              decimalSeparator={(1.5).toLocaleString(document.documentElement.lang).charAt(1)}
              min={0}
              hideControls
              data-autofocus
              error={errors.amount?.message}
              inputMode="decimal"
            />
          )}
        />
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            {t('refund.fill')}
          </Text>
          <Fill amount={refundable} label={t('refund.all')} set={(value) => form.setValue('amount', value, { shouldValidate: true })} show={money(refundable, currency)} />
          {order.items.map((item) => {
            const one = Math.round((item.total / item.quantity) * 10 ** decimals) / 10 ** decimals;
            return one > 0 && one <= refundable ? (
              <Fill key={item.variant_id} amount={one} label={`1 × ${item.sku}`} set={(value) => form.setValue('amount', value, { shouldValidate: true })} show={money(one, currency)} />
            ) : null;
          })}
        </Group>
        <TextInput
          label={t('refund.reason')}
          description={t('refund.reasonHint')}
          maxLength={REASON_MOST}
          error={errors.reason?.message}
          {...form.register('reason')}
        />
        <Table aria-label={t('refund.preview')} withRowBorders={false} verticalSpacing={4} horizontalSpacing={0}>
          <Table.Tbody>
            <Table.Tr>
              <Table.Td c="dimmed">{t('order.total')}</Table.Td>
              <Table.Td ta="right">{money(order.total_amount, currency)}</Table.Td>
            </Table.Tr>
            <Table.Tr>
              <Table.Td c="dimmed">{t('refund.after')}</Table.Td>
              <Table.Td ta="right">{money(preview.refunded, currency)}</Table.Td>
            </Table.Tr>
            <Table.Tr>
              <Table.Td fw={600}>{t('refund.left')}</Table.Td>
              <Table.Td ta="right" fw={600}>
                {money(preview.left, currency)}
              </Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" loading={refund.isPending}>
            {isValid ? t('refund.submitAmount', { amount: money(amount, currency) }) : t('refund.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

interface FillProps {
  readonly amount: number;
  readonly label: string;
  readonly show: string;
  readonly set: (amount: number) => void;
}

const Fill = ({ amount, label, show, set }: FillProps): ReactNode => (
  <UnstyledButton type="button" onClick={() => set(amount)} className="surface" px={8} py={3} fz="xs">
    {label} <strong>{show}</strong>
  </UnstyledButton>
);
