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
  IconX,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { useMay } from '../../session.ts';
import { useKeys } from '../../shared/keys.ts';
import { Page, Panel } from '../../shared/page.tsx';
import { CardsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Returns } from '../returns/panel.tsx';
import { Addresses } from './addresses.tsx';
import { actionOf, neighboursOf, openCasesOf, resolutionOf } from './actions.ts';
import type { Dialog } from './dialogs.tsx';
import { History } from './history.tsx';
import { Internal } from './internal.tsx';
import { Items } from './items.tsx';
import { Notes } from './notes.tsx';
import { customerQuery, openedFromQuery, orderQuery, ordersQuery } from './orders-query.ts';
import { Payment } from './payment.tsx';
import { HoldNotice, ParcelButtons } from './parcel.tsx';
import { Shipments } from './shipments.tsx';
import { HoldBadge, MoneyBadge, StatusBadge } from './status.tsx';
import './texts.ts';

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
            <Payment order={order} />
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

export const Route = createLazyRoute('/shell/orders/$orderId')({ component: Detail });
