import {
  ActionIcon,
  Alert,
  Anchor,
  Badge,
  Breadcrumbs,
  Button,
  Grid,
  Group,
  Stack,
  Text,
} from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconChevronLeft,
  IconChevronRight,
  IconPrinter,
  IconX,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, isRefusal, type Schemas } from '../../api.ts';
import { useMay } from '../../session.ts';
import { download } from '../../shared/download.ts';
import { useKeys } from '../../shared/keys.ts';
import { Fact, Page, Panel } from '../../shared/page.tsx';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import { CardsSkeleton, Failure, Shown } from '../../shared/shown.tsx';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Returns } from '../returns/panel.tsx';
import { Addresses } from './addresses.tsx';
import { actionOf, neighboursOf, openCasesOf, resolutionOf } from './actions.ts';
import type { Dialog } from './dialogs.tsx';
import { saveInvoice, saveSlips } from './documents.ts';
import { History } from './history.tsx';
import { Internal } from './internal.tsx';
import { Notes } from './notes.tsx';
import {
  customerQuery,
  openedFromQuery,
  orderQuery,
  ordersQuery,
  paymentQuery,
  shipmentsQuery,
} from './orders-query.ts';
import { HoldNotice, ParcelButtons } from './parcel.tsx';
import { SaveButton } from './save-button.tsx';
import { HoldBadge, MoneyBadge, StatusBadge } from './status.tsx';

type Order = Schemas['Order'];

const Dialogs = lazy(() => import('./dialogs.tsx'));

const Detail = (): ReactNode => {
  const { orderId } = Route.useParams();
  const query = useQuery(orderQuery(orderId));
  const neighbours = useNeighbours(orderId);
  return (
    <Shown query={query} skeleton={<CardsSkeleton />}>
      {(file) => <OrderPage key={orderId} file={file} neighbours={neighbours} />}
    </Shown>
  );
};

/** The orders before and after one, in the list that it was opened from; the keys K and J lead there. */
const useNeighbours = (orderId: string): ReturnType<typeof neighboursOf> => {
  const list = Route.useSearch();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data } = useQuery({
    ...openedFromQuery(list),
    initialData: () => queries.getQueryData(ordersQuery(list).queryKey),
  });
  const neighbours = neighboursOf(data?.items.map(({ order_id: id }) => id) ?? [], orderId);
  const go = (id: string | undefined): void => {
    if (id !== undefined) void navigate({ to: '/orders/$orderId', params: { orderId: id }, search: list });
  };
  useKeys({ j: () => go(neighbours.next), k: () => go(neighbours.previous) });
  return neighbours;
};

interface OrderPageProps {
  readonly file: Schemas['StaffOrder'];
  readonly neighbours: ReturnType<typeof neighboursOf>;
}

const OrderPage = ({ file, neighbours }: OrderPageProps): ReactNode => {
  const { order } = file;
  const { t } = useTranslation();
  const { moment } = useFormat();
  const may = useMay();
  const list = Route.useSearch();
  const payment = useQuery(paymentQuery(order.order_id));
  const [dialog, setDialog] = useState<Dialog>();

  return (
    <Page
      title={t('order.title', { number: order.number })}
      above={
        <Group justify="space-between" mb="xs" wrap="nowrap">
          <Breadcrumbs fz="sm" component="nav" aria-label={t('breadcrumbs')}>
            <Anchor size="sm" renderRoot={(props) => <Link to="/orders" search={list} {...props} />}>
              {t('menu.orders')}
            </Anchor>
            <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
              {order.number}
            </Text>
          </Breadcrumbs>
          <Neighbours {...neighbours} />
        </Group>
      }
      beside={
        <>
          <StatusBadge status={order.status} />
          {order.hold && <HoldBadge />}
          <MoneyBadge
            payment={order.payment.status}
            refunded={order.refunded_total}
            total={order.total_amount}
          />
        </>
      }
      actions={
        <>
          <ParcelButtons order={order} hold={() => setDialog({ kind: 'hold', opened: order })} />
          {actionOf(order, 'refund') && (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={16} />}
              onClick={() => setDialog({ kind: 'refund', opened: order })}
            >
              {t('refund.open')}
            </Button>
          )}
          {actionOf(order, 'cancel') && (
            <Button
              variant="default"
              leftSection={<IconX size={16} />}
              onClick={() => setDialog({ kind: 'cancel', opened: order })}
            >
              {t('cancel.open')}
            </Button>
          )}
        </>
      }
    >
      <Text size="sm" c="dimmed" mt={-8} mb="md">
        {t('order.placed', { at: moment(order.placed_at) })}
        {may('saga:read') && (
          <>
            {' · '}
            <Anchor
              size="sm"
              underline="always"
              renderRoot={(props) => (
                <Link to="/system/orders/$orderId" params={{ orderId: order.order_id }} {...props} />
              )}
            >
              {t('order.saga')}
            </Anchor>
          </>
        )}
      </Text>
      {order.exchange_for && (
        <Text size="sm" mb="md">
          {t('order.exchangeFor')}{' '}
          <Anchor
            size="sm"
            underline="always"
            renderRoot={(props) => (
              <Link
                to="/orders/$orderId"
                params={{ orderId: order.exchange_for?.order_id ?? '' }}
                {...props}
              />
            )}
          >
            {t('order.exchangeForOpen')}
          </Anchor>
        </Text>
      )}
      <Cases order={order} open={(caseId) => setDialog({ kind: 'case', caseId, opened: order })} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <Items order={order} />
            <Shipments order={order} />
            <Returns orderId={order.order_id} />
            <Notes order={order} notes={file.notes} />
            <History order={order} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            <Internal {...file} />
            <Customer order={order} />
            <Addresses order={order} change={() => setDialog({ kind: 'address', opened: order })} />
            <Panel
              title={t('order.payment')}
              aside={
                order.payment.status === 'captured' && (
                  <SaveButton label={t('order.invoice')} save={() => saveInvoice(order)} />
                )
              }
            >
              <Payment order={order} query={payment} />
            </Panel>
          </Stack>
        </Grid.Col>
      </Grid>
      {dialog && (
        <Suspense>
          <Dialogs dialog={dialog} order={order} close={() => setDialog(undefined)} />
        </Suspense>
      )}
    </Page>
  );
};

const Neighbours = ({ previous, next }: OrderPageProps['neighbours']): ReactNode => {
  const { t } = useTranslation();
  const list = Route.useSearch();
  if (previous === undefined && next === undefined) return null;
  const link = (orderId: string | undefined, label: string, icon: ReactNode): ReactNode =>
    orderId === undefined ? (
      <ActionIcon variant="default" disabled aria-label={label}>
        {icon}
      </ActionIcon>
    ) : (
      <ActionIcon
        variant="default"
        aria-label={label}
        renderRoot={(props) => <Link to="/orders/$orderId" params={{ orderId }} search={list} {...props} />}
      >
        {icon}
      </ActionIcon>
    );
  return (
    <Group gap={4} wrap="nowrap">
      {link(previous, t('order.previous'), <IconChevronLeft size={16} />)}
      {link(next, t('order.next'), <IconChevronRight size={16} />)}
    </Group>
  );
};

interface CasesProps {
  readonly order: Order;
  readonly open: (caseId: string) => void;
}

const Cases = ({ order, open }: CasesProps): ReactNode => {
  const { t } = useTranslation();
  const { ago } = useFormat();
  const cases = openCasesOf(order);
  const isStopping = order.cancel_requested !== undefined && order.status === 'confirmed';
  return (
    <Stack gap="sm" mb={cases.length > 0 || isStopping || order.hold ? 'md' : 0}>
      {isStopping && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
          {t('cancel.waiting')}
        </Alert>
      )}
      {order.hold && <HoldNotice hold={order.hold} />}
      {cases.map((one) => (
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
            {resolutionOf(order, one.case_id) && (
              <Button size="compact-sm" color="red" onClick={() => open(one.case_id)}>
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
                <Group gap="xs">
                  <Text size="xs" c="dimmed" className="mono">
                    {item.sku}
                  </Text>
                  {(item.refunded_quantity ?? 0) > 0 && (
                    <Badge color="grape" size="sm">
                      {t('order.refundedUnits', { count: item.refunded_quantity })}
                    </Badge>
                  )}
                </Group>
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
        <Group gap="xs">
          <SaveButton label={t('order.slip')} save={() => saveSlips([order])} />
          {query.data?.some(({ tracking_number: number }) => number !== undefined) && (
            <LabelButton order={order} />
          )}
        </Group>
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
      const { data, response } = await api.GET('/api/v1/shipments/{order_id}/label', {
        params: { path: { order_id: order.order_id } },
        parseAs: 'blob',
      });
      const file = new Blob([data ?? '']);
      download(
        file,
        `label-${order.number}.${response.headers.get('content-type')?.includes('zpl') ? 'zpl' : 'pdf'}`,
      );
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

const Customer = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const { data } = useQuery(customerQuery(order));
  if (!data) return null;
  const isGuest = data.user_id === undefined;
  const search = isGuest ? { q: data.email } : { customer: data.user_id };
  return (
    <Panel title={t('orders.customer')}>
      <Stack gap={4}>
        <Group gap="xs">
          <Text size="sm" fw={500}>
            {data.name}
          </Text>
          {isGuest && <Badge color="gray">{t('order.guest')}</Badge>}
        </Group>
        <Anchor
          size="sm"
          href={`mailto:${encodeURIComponent(data.email)}`}
          style={{ overflowWrap: 'anywhere' }}
        >
          {data.email}
        </Anchor>
        <Anchor size="sm" renderRoot={(props) => <Link to="/orders" search={search} {...props} />}>
          {t('order.allOfCustomer')}
        </Anchor>
      </Stack>
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
