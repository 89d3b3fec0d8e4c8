import { Box, Group, Stack, Text } from '@mantine/core';
import { IconReceiptOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { columnsOf, DataTable } from '../../shared/data-table/data-table.tsx';
import { Pager } from '../../shared/data-table/pager.tsx';
import { shortId } from '../../shared/format.ts';
import { Page } from '../../shared/page.tsx';
import { Blank, RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Views } from '../../shared/views.tsx';
import { ordersQuery } from './orders-query.ts';
import { CaseBadge, MoneyBadge, StatusBadge } from './status.tsx';
import { VIEWS } from './view.ts';

type Order = Schemas['Order'];

const unitsOf = ({ items }: Order): number => items.reduce((sum, { quantity }) => sum + quantity, 0);

const useColumns = () => {
  const { t } = useTranslation();
  const { money, ago, moment } = useFormat();
  return useMemo(() => {
    const column = columnsOf<Order>();
    return column.columns([
      column.display({
        id: 'order',
        header: t('orders.order'),
        cell: ({ row: { original: order } }) => (
          <Stack gap={2}>
            <Link to="/orders/$orderId" params={{ orderId: order.order_id }} className="row-link mono">
              {shortId(order.order_id)}
            </Link>
            <Text size="xs" c="dimmed" hiddenFrom="sm">
              {order.shipping_address.recipient} · {ago(order.placed_at)}
            </Text>
          </Stack>
        ),
      }),
      column.display({
        id: 'placed',
        header: t('orders.placed'),
        meta: { visibleFrom: 'sm' },
        cell: ({ row: { original: order } }) => (
          <time dateTime={order.placed_at} title={moment(order.placed_at)}>
            {ago(order.placed_at)}
          </time>
        ),
      }),
      column.display({
        id: 'customer',
        header: t('orders.customer'),
        meta: { visibleFrom: 'sm' },
        cell: ({ row: { original: order } }) => (
          <Stack gap={0}>
            <Text size="sm">{order.shipping_address.recipient}</Text>
            <Text size="xs" c="dimmed">
              {order.shipping_address.city}, {order.shipping_address.country}
            </Text>
          </Stack>
        ),
      }),
      column.display({
        id: 'items',
        header: t('orders.items'),
        meta: { visibleFrom: 'md', align: 'right' },
        cell: ({ row: { original: order } }) => unitsOf(order),
      }),
      column.display({
        id: 'status',
        header: t('orders.status'),
        cell: ({ row: { original: order } }) => (
          <Group gap={6}>
            <StatusBadge status={order.status} />
            <CaseBadge order={order} />
          </Group>
        ),
      }),
      column.display({
        id: 'payment',
        header: t('orders.payment'),
        meta: { visibleFrom: 'md' },
        cell: ({ row: { original: order } }) => <MoneyBadge order={order} />,
      }),
      column.display({
        id: 'total',
        header: t('orders.total'),
        meta: { align: 'right' },
        cell: ({ row: { original: order } }) => (
          <Text size="sm" fw={500}>
            {money(order.total_amount, order.currency)}
          </Text>
        ),
      }),
    ]);
  }, [t, money, ago, moment]);
};

const Orders = (): ReactNode => {
  const { t } = useTranslation();
  const search = Route.useSearch();
  const { view = 'all', after } = search;
  const query = useQuery(ordersQuery(search));
  const columns = useColumns();
  return (
    <Page title={t('menu.orders')} wide>
      <Box mb="md">
        <Views
          label={t('orders.views')}
          current={view}
          views={VIEWS.map((one) => ({
            view: one,
            label: one === 'all' ? t('orders.all') : t(`order.status.${one}`),
          }))}
          searchOf={(one) => (one === 'all' ? {} : { view: one })}
        />
      </Box>
      <Shown query={query} skeleton={<RowsSkeleton rows={12} />}>
        {({ items, next_cursor: next }) =>
          items.length === 0 ? (
            <Box className="surface">
              <Blank
                Icon={IconReceiptOff}
                title={view === 'all' ? t('orders.none') : t('orders.noneHere')}
                text={view === 'all' ? t('orders.noneText') : t('orders.noneHereText')}
              />
            </Box>
          ) : (
            <>
              <DataTable
                caption={t('menu.orders')}
                columns={columns}
                rows={items}
                keyOf={({ order_id: id }) => id}
              />
              <Pager cursor={after} next={next} />
            </>
          )
        }
      </Shown>
    </Page>
  );
};

export const Route = createLazyRoute('/shell/orders')({ component: Orders });
