import {
  Alert,
  Anchor,
  Breadcrumbs,
  Button,
  CopyButton,
  Grid,
  Group,
  Stack,
  Text,
  Timeline,
} from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCopy, IconPrinter, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, isRefusal, type Schemas } from '../../api.ts';
import { useMay } from '../../session.ts';
import { shortId } from '../../shared/format.ts';
import { Fact, Page, Panel } from '../../shared/page.tsx';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import { CardsSkeleton, Failure, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { actsOf, type Acts, type Case } from './acts.ts';
import type { Dialog } from './dialogs.tsx';
import { orderQuery, paymentQuery, shipmentsQuery } from './orders-query.ts';
import { MoneyBadge, StatusBadge } from './status.tsx';
import { Td, Th } from '../../shared/table.tsx';

type Order = Schemas['Order'];

const Dialogs = lazy(() => import('./dialogs.tsx'));

const Detail = (): ReactNode => {
  const { orderId } = Route.useParams();
  const query = useQuery(orderQuery(orderId));
  return (
    <Shown query={query} skeleton={<CardsSkeleton />}>
      {({ value }) => <OrderPage order={value} />}
    </Shown>
  );
};

const OrderPage = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const may = useMay();
  const payment = useQuery(paymentQuery(order.order_id));
  const [dialog, setDialog] = useState<Dialog>();
  const acts = actsOf(order, payment.data);
  const isWriter = may('order:write');

  return (
    <Page
      title={t('order.title', { id: shortId(order.order_id) })}
      above={
        <Breadcrumbs mb="xs" fz="sm" component="nav" aria-label={t('breadcrumbs')}>
          <Anchor size="sm" renderRoot={(props) => <Link to="/orders" {...props} />}>
            {t('menu.orders')}
          </Anchor>
          <Text size="sm" c="dimmed">
            {shortId(order.order_id)}
          </Text>
        </Breadcrumbs>
      }
      beside={
        <>
          <StatusBadge status={order.status} />
          <MoneyBadge order={order} />
        </>
      }
      actions={
        isWriter && (
          <>
            {acts.refundable > 0 && (
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={16} />}
                onClick={() => setDialog({ kind: 'refund' })}
              >
                {t('refund.open')}
              </Button>
            )}
            {acts.canCancel && (
              <Button
                variant="default"
                leftSection={<IconX size={16} />}
                onClick={() => setDialog({ kind: 'cancel' })}
              >
                {t('cancel.open')}
              </Button>
            )}
          </>
        )
      }
    >
      <Text size="sm" c="dimmed" mt={-8} mb="md">
        {t('order.placed', { at: moment(order.placed_at) })}
      </Text>
      <Cases
        order={order}
        acts={acts}
        open={isWriter ? (one) => setDialog({ kind: 'case', case: one }) : undefined}
      />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <Items order={order} />
            <Shipments order={order} />
            <History order={order} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            <Customer order={order} />
            <Panel title={t('order.payment')}>
              <Payment order={order} query={payment} />
            </Panel>
          </Stack>
        </Grid.Col>
      </Grid>
      {dialog && (
        <Suspense>
          <Dialogs dialog={dialog} order={order} acts={acts} close={() => setDialog(undefined)} />
        </Suspense>
      )}
    </Page>
  );
};

interface CasesProps {
  readonly order: Order;
  readonly acts: Acts;
  readonly open: ((one: Case) => void) | undefined;
}

const Cases = ({ order, acts, open }: CasesProps): ReactNode => {
  const { t } = useTranslation();
  const { ago } = useFormat();
  return (
    <Stack gap="sm" mb={acts.openCases.length > 0 || order.cancel_requested !== undefined ? 'md' : 0}>
      {order.cancel_requested !== undefined && order.status === 'confirmed' && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
          {t('cancel.waiting')}
        </Alert>
      )}
      {acts.openCases.map((one) => (
        <Alert
          key={one.case_id}
          color="red"
          icon={<IconAlertTriangle size={18} />}
          title={t(`case.title_${one.kind}`)}
        >
          <Group justify="space-between" gap="xs">
            <Text size="sm">
              {t(`case.${one.kind}`)} ({ago(one.opened_at)})
            </Text>
            {open && (
              <Button size="compact-sm" color="red" onClick={() => open(one)}>
                {t('case.open')}
              </Button>
            )}
          </Group>
        </Alert>
      ))}
    </Stack>
  );
};

const Items = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const { money } = useFormat();
  const may = useMay();
  const price = (amount: number): string => money(amount, order.currency);
  return (
    <Panel title={t('order.items')}>
      <table className="table lines" aria-label={t('order.items')}>
        <thead>
          <tr>
            <Th>{t('order.item')}</Th>
            <Th ta="right" visibleFrom="xs">
              {t('order.price')}
            </Th>
            <Th ta="right" pl="sm">
              {t('order.quantity')}
            </Th>
            <Th ta="right" pl="sm">
              {t('order.sum')}
            </Th>
          </tr>
        </thead>
        <tbody>
          {order.items.map((item) => (
            <tr key={item.variant_id}>
              <Td>
                {may('catalog:read') ? (
                  <Anchor
                    size="sm"
                    c="inherit"
                    fw={500}
                    renderRoot={(props) => (
                      <Link to="/products/$productId" params={{ productId: item.product_id }} {...props} />
                    )}
                  >
                    {item.name}
                  </Anchor>
                ) : (
                  <Text size="sm" fw={500}>
                    {item.name}
                  </Text>
                )}
                <Text size="xs" c="dimmed" className="mono">
                  {item.sku}
                </Text>
              </Td>
              <Td ta="right" visibleFrom="xs">
                {price(item.price)}
              </Td>
              <Td ta="right" pl="sm">
                {item.quantity}
              </Td>
              <Td ta="right" pl="sm">
                {price(item.total)}
              </Td>
            </tr>
          ))}
        </tbody>
      </table>
      <Stack gap={4} mt="sm" ml="auto" maw={300}>
        <Line label={t('order.subtotal')} value={price(order.subtotal)} />
        <Line
          label={t('order.shippingCost', { service: order.shipping.service })}
          value={price(order.shipping.price)}
        />
        <Line
          label={order.prices_include_tax ? t('order.taxIncluded') : t('order.tax')}
          value={price(order.tax_total)}
        />
        <Line label={t('order.total')} value={price(order.total_amount)} strong />
        {order.refunded_total > 0 && (
          <Line label={t('order.refunded')} value={`−${price(order.refunded_total)}`} />
        )}
      </Stack>
    </Panel>
  );
};

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly strong?: boolean;
}

const Line = ({ label, value, strong = false }: LineProps): ReactNode => (
  <Group justify="space-between" wrap="nowrap" className="numeric">
    <Text size="sm" {...(strong ? { fw: 650 } : { c: 'dimmed' })}>
      {label}
    </Text>
    <Text size="sm" fw={strong ? 650 : 400}>
      {value}
    </Text>
  </Group>
);

const Shipments = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const { day, moment } = useFormat();
  const query = useQuery(shipmentsQuery(order.order_id));
  return (
    <Panel
      title={t('order.shipments')}
      aside={
        query.data?.some(({ tracking_number: number }) => number !== undefined) && (
          <LabelButton order={order} />
        )
      }
    >
      <Shown query={query} skeleton={<Text size="sm">…</Text>}>
        {(shipments) =>
          shipments.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('order.noShipment')}
            </Text>
          ) : (
            <Stack gap="md">
              {shipments.map((shipment) => (
                <Stack key={shipment.shipment_id} gap={6}>
                  <Group gap="xl">
                    <Fact label={t('order.carrier')}>
                      {shipment.carrier} {shipment.service}
                    </Fact>
                    <Fact label={t('order.parcel')}>{t(`shipment.${shipment.status}`)}</Fact>
                    {shipment.tracking_number !== undefined && (
                      <Fact label={t('order.tracking')}>
                        <span className="mono">{shipment.tracking_number}</span>
                      </Fact>
                    )}
                    {shipment.estimated_delivery !== undefined && (
                      <Fact label={t('order.estimated')}>{day(shipment.estimated_delivery)}</Fact>
                    )}
                  </Group>
                  {shipment.history.slice(-1).map((entry) => (
                    <Text key={entry.occurred_at} size="xs" c="dimmed">
                      {entry.description} · {moment(entry.occurred_at)}
                    </Text>
                  ))}
                </Stack>
              ))}
            </Stack>
          )
        }
      </Shown>
    </Panel>
  );
};

/** The label comes with the session of this page, which a link to a new tab would not have. */
const LabelButton = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const print = async (): Promise<void> => {
    setBusy(true);
    try {
      const { data } = await api.GET('/api/v1/shipments/{order_id}/label', {
        params: { path: { order_id: order.order_id } },
        parseAs: 'blob',
      });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([data ?? '']));
      link.download = `label-${order.order_id.slice(-8)}.${data && new Blob([data]).type.includes('zpl') ? 'zpl' : 'pdf'}`;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      notify({
        color: 'red',
        message: isRefusal(error, 'LABEL_NOT_FOUND') ? t('order.noLabel') : problemText(error, t),
      });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconPrinter size={14} />}
      loading={isBusy}
      onClick={() => void print()}
    >
      {t('order.label')}
    </Button>
  );
};

const History = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const entries = order.timeline.toReversed();
  return (
    <Panel title={t('order.history')}>
      <Timeline
        active={entries.length}
        bulletSize={12}
        lineWidth={2}
        styles={{ item: { paddingBottom: 0 }, itemBody: { marginTop: -4 } }}
        className="timeline"
      >
        {entries.map((entry, index) => (
          <Timeline.Item
            key={`${entry.at}-${entries.length - index}`}
            title={<Text size="sm">{entry.detail}</Text>}
          >
            <Text size="xs" c="dimmed">
              {moment(entry.at)}
              {entry.actor && ` · ${t(`actor.${entry.actor.kind}`)}`}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Panel>
  );
};

const Customer = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const { country } = useFormat();
  const { shipping_address: to, billing_address: billing } = order;
  const isSame = JSON.stringify(to) === JSON.stringify(billing);
  const lines = (address: Order['shipping_address']): readonly string[] =>
    [
      address.recipient,
      address.line1,
      address.line2,
      `${address.postal_code} ${address.city}`.trim(),
      address.region,
      country(address.country),
      address.phone,
    ].filter((line) => line !== undefined && line !== '') as string[];
  return (
    <Panel
      title={t('order.shipTo')}
      aside={
        <CopyButton value={lines(to).join('\n')}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="subtle" leftSection={<IconCopy size={14} />} onClick={copy}>
              {copied ? t('act.copied') : t('act.copy')}
            </Button>
          )}
        </CopyButton>
      }
    >
      <Text size="sm" component="address" style={{ fontStyle: 'normal', whiteSpace: 'pre-line' }}>
        {lines(to).join('\n')}
      </Text>
      {!isSame && (
        <Stack gap={2} mt="sm">
          <Text size="xs" c="dimmed">
            {t('order.billTo')}
          </Text>
          <Text size="sm" component="address" style={{ fontStyle: 'normal', whiteSpace: 'pre-line' }}>
            {[order.company, ...lines(billing), order.vat_id].filter(Boolean).join('\n')}
          </Text>
        </Stack>
      )}
    </Panel>
  );
};

interface PaymentProps {
  readonly order: Order;
  readonly query: ReturnType<typeof useQuery<Schemas['Payment'] | null>>;
}

const Payment = ({ order, query }: PaymentProps): ReactNode => {
  const { t } = useTranslation();
  const { money } = useFormat();
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
          <Line label={t('order.authorizedAmount')} value={money(payment.amount, payment.currency)} />
          <Line label={t('order.captured')} value={money(payment.captured, payment.currency)} />
          {payment.failure && (
            <Text size="sm" c="var(--mantine-color-error)">
              {payment.failure.reason}
            </Text>
          )}
          {payment.refunds.map((refund) => (
            <Stack key={refund.refund_id} gap={0}>
              <Line
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

export const Route = createLazyRoute('/shell/orders/$orderId')({ component: Detail });
