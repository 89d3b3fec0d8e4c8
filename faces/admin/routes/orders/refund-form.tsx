import { Alert, Button, Group, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { api, auditReason, type Schemas } from '../../api.ts';
import { decimalsOf } from '../../shared/format.ts';
import { decimalMarkOf, parseNumber } from '../../shared/sheet/numbers.ts';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import { useFormat } from '../../shared/use-format.ts';
import { useKeyed } from '../../shared/use-keyed.ts';
import { afterRefund } from './acts.ts';
import { Td } from '../../shared/table.tsx';

interface RefundFormProps {
  readonly order: Schemas['Order'];
  /** Major units. */
  readonly refundable: number;
  readonly close: () => void;
}

const REASON_MOST = 200;

interface Values {
  /** In the notation of the language. */
  amount: string;
  reason: string;
}

const RefundForm = ({ order, refundable, close }: RefundFormProps): ReactNode => {
  const { t } = useTranslation();
  const { money, locale } = useFormat();
  const queries = useQueryClient();
  const keyed = useKeyed();
  const { currency } = order;
  const decimals = decimalsOf(currency);

  const textOf = (value: number): string => value.toFixed(decimals).replace('.', decimalMarkOf(locale));
  /** Undefined unless it is an amount of this currency above zero. */
  const amountIn = (text: string): number | undefined => {
    const value = parseNumber(text, locale);
    return value !== undefined && value > 0 && Number(value.toFixed(decimals)) === value ? value : undefined;
  };

  const schema = z.object({
    amount: z.string().check(
      z.refine((text) => amountIn(text) !== undefined, t('refund.amountMissing')),
      z.refine(
        (text) => (amountIn(text) ?? 0) <= refundable,
        t('refund.tooHigh', { most: money(refundable, currency) }),
      ),
    ),
    reason: z.string().check(z.regex(/\S/, t('refund.reasonMissing'))),
  });

  const form = useForm<Values>({ resolver: zodResolver(schema), defaultValues: { amount: '', reason: '' } });
  const refund = useMutation({
    mutationFn: ({ amount, reason }: { readonly amount: number; readonly reason: string }) =>
      keyed((key) =>
        api.POST('/api/v1/orders/{order_id}/refunds', {
          params: {
            path: { order_id: order.order_id },
            header: { 'Idempotency-Key': key, ...auditReason(reason) },
          },
          body: { amount, currency, reason },
        }),
      ),
    onSuccess: async (_answer, { amount }) => {
      close();
      notify({ color: 'teal', message: t('refund.done', { amount: money(amount, currency) }) });
      await queries.invalidateQueries({ queryKey: ['orders'] });
    },
  });
  const { errors } = form.formState;
  const amount = amountIn(form.watch('amount'));
  const isValid = amount !== undefined && amount <= refundable;
  const submit = (values: Values): void => {
    if (!refund.isPending)
      refund.mutate({ amount: amountIn(values.amount) ?? 0, reason: values.reason.trim() });
  };
  const fill = (value: number): void => form.setValue('amount', textOf(value), { shouldValidate: true });
  const preview = afterRefund(order, refundable, isValid ? amount : 0);

  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit(submit)(event)}>
      <Stack gap="md">
        {refund.error && (
          <Alert color="red" role="alert">
            {problemText(refund.error, t)}
          </Alert>
        )}
        <TextInput
          label={t('refund.amount')}
          inputMode="decimal"
          autoComplete="off"
          rightSection={
            <Text size="sm" c="dimmed">
              {currency}
            </Text>
          }
          rightSectionWidth={52}
          data-autofocus
          error={errors.amount?.message}
          {...form.register('amount')}
        />
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            {t('refund.fill')}
          </Text>
          <Fill amount={refundable} label={t('refund.all')} fill={fill} show={money(refundable, currency)} />
          {order.items.map((item) => {
            const one = Math.round((item.total / item.quantity) * 10 ** decimals) / 10 ** decimals;
            return one > 0 && one <= refundable ? (
              <Fill
                key={item.variant_id}
                amount={one}
                label={`1 × ${item.sku}`}
                fill={fill}
                show={money(one, currency)}
              />
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
        <table className="table tight" aria-label={t('refund.preview')}>
          <tbody>
            <tr>
              <Td c="dimmed">{t('order.total')}</Td>
              <Td ta="right">{money(order.total_amount, currency)}</Td>
            </tr>
            <tr>
              <Td c="dimmed">{t('refund.after')}</Td>
              <Td ta="right">{money(preview.refunded, currency)}</Td>
            </tr>
            <tr>
              <Td fw={600}>{t('refund.left')}</Td>
              <Td ta="right" fw={600}>
                {money(preview.left, currency)}
              </Td>
            </tr>
          </tbody>
        </table>
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
  readonly fill: (amount: number) => void;
}

const Fill = ({ amount, label, show, fill }: FillProps): ReactNode => (
  <UnstyledButton type="button" onClick={() => fill(amount)} className="surface" px={8} py={3} fz="xs">
    {label} <strong>{show}</strong>
  </UnstyledButton>
);

export default RefundForm;
