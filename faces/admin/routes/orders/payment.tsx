import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { Fact, Panel } from '../../shared/page.tsx';
import { Failure } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { AmountLine } from './amount-line.tsx';
import { saveCreditNote, saveInvoice } from './documents.ts';
import { documentsQuery, paymentQuery } from './orders-query.ts';
import { SaveButton } from '../../shared/save-button.tsx';

type Order = Schemas['Order'];

/** What was paid and given back, with the documents about it. */
export const Payment = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  return (
    <Panel title={t('order.payment')}>
      <Stack gap="md">
        <Sums order={order} />
        <Documents order={order} />
      </Stack>
    </Panel>
  );
};

const Documents = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const { money } = useFormat();
  const { data = [] } = useQuery(documentsQuery(order.order_id));
  return data.map(({ kind, number, amount, currency }) => (
    <Group key={number} justify="space-between" gap="xs">
      <Text size="sm">
        {t(`order.document.${kind}`)} <span className="mono">{number}</span>
        {kind === 'credit_note' && ` · ${money(amount, currency)}`}
      </Text>
      <SaveButton
        label={t('order.download')}
        about={number}
        save={() => (kind === 'invoice' ? saveInvoice(order) : saveCreditNote(order, number))}
      />
    </Group>
  ));
};

const Sums = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const { money } = useFormat();
  const query = useQuery(paymentQuery(order.order_id));
  if (query.error && query.data === undefined)
    return <Failure error={query.error} again={() => void query.refetch()} isTrying={query.isFetching} />;
  const payment = query.data;
  const { brand, last4 } = order.payment;
  return (
    <Stack gap="xs">
      {brand !== undefined && last4 !== undefined && (
        <Fact label={t('order.card')}>
          <span style={{ textTransform: 'capitalize' }}>{brand}</span> •••• {last4}
        </Fact>
      )}
      {payment && (
        <Stack gap={4}>
          <AmountLine label={t('order.authorizedAmount')} value={money(payment.amount, payment.currency)} />
          <AmountLine label={t('order.captured')} value={money(payment.captured, payment.currency)} />
          {payment.failure && (
            <Text size="sm" c="var(--mantine-color-error)">
              {payment.failure.reason}
            </Text>
          )}
          {payment.refunds.map((refund) => (
            <Stack key={refund.refund_id} gap={0}>
              <AmountLine
                label={t(`order.refundStatus.${refund.status}`)}
                value={`−${money(refund.amount, payment.currency)}`}
              />
              <Text size="xs" c="dimmed">
                {refund.reason}
                {refund.refusal !== undefined && ` · ${refund.refusal}`}
              </Text>
            </Stack>
          ))}
        </Stack>
      )}
      {payment === null && (
        <Text size="sm" c="dimmed">
          {t('order.noPayment')}
        </Text>
      )}
    </Stack>
  );
};
