import { Box, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAt, IconColumns3, IconFilter, IconReceiptOff, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '../../session.ts';
import { Chips } from '../../shared/chips.tsx';
import { columnsOf, DataTable } from '../../shared/data-table/data-table.tsx';
import { ColumnChoice } from '../../shared/data-table/column-choice.tsx';
import { Pager } from '../../shared/data-table/pager.tsx';
import { useSelection } from '../../shared/data-table/use-selection.ts';
import { Page } from '../../shared/page.tsx';
import { SavedViews } from '../../shared/saved-views.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import { Blank, RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Views } from '../../shared/views.tsx';
import { assigneesOf, memberOf, type Member } from './acts.ts';
import { Bulk } from './bulk.tsx';
import { Filters } from './filters.tsx';
import { countsQuery, ordersQuery, type Summary } from './orders-query.ts';
import { RowFile } from './tag.tsx';
import { CaseBadge, HoldBadge, MoneyBadge, StatusBadge } from './status.tsx';
import {
  COLUMNS,
  countText,
  FILTERS,
  hiddenIn,
  hiding,
  instantOf,
  SORTS,
  VIEWS,
  type Column,
  type Filter,
  type OrdersView,
} from './view.ts';
import './texts.ts';

const HEADERS = {
  placed: 'orders.placed',
  customer: 'orders.customer',
  country: 'orders.shipTo',
  items: 'orders.items',
  status: 'orders.status',
  payment: 'orders.payment',
  total: 'orders.total',
} as const satisfies Readonly<Record<Column, string>>;

const useColumns = (view: OrdersView) => {
  const { t } = useTranslation();
  const { money, ago, moment, country } = useFormat();
  return useMemo(() => {
    const column = columnsOf<Summary>();
    return column.columns([
      column.display({
        id: 'order',
        header: t('orders.order'),
        cell: ({ row: { original: order } }) => (
          <Stack gap={2}>
            <Link
              to="/orders/$orderId"
              params={{ orderId: order.order_id }}
              search={view}
              className="row-link mono"
            >
              {order.number}
            </Link>
            <Text size="xs" c="dimmed" hiddenFrom="sm" lineClamp={2}>
              {order.customer.name} · {ago(order.placed_at)}
            </Text>
            <RowFile {...order} />
          </Stack>
        ),
      }),
      column.display({
        id: 'placed',
        header: t(HEADERS.placed),
        meta: { visibleFrom: 'sm' },
        cell: ({ row: { original: order } }) => (
          <time dateTime={order.placed_at} title={moment(order.placed_at)}>
            {ago(order.placed_at)}
          </time>
        ),
      }),
      column.display({
        id: 'customer',
        header: t(HEADERS.customer),
        meta: { visibleFrom: 'sm' },
        cell: ({ row: { original: order } }) => (
          <Stack gap={0}>
            <Text size="sm" className="cut">
              {order.customer.name}
            </Text>
            <Text size="xs" c="dimmed" className="cut" title={order.customer.email}>
              {order.customer.email}
            </Text>
          </Stack>
        ),
      }),
      column.display({
        id: 'country',
        header: t(HEADERS.country),
        meta: { visibleFrom: 'xl' },
        cell: ({ row: { original: order } }) => (
          <Stack gap={0}>
            <Text size="sm">{country(order.country)}</Text>
            <Text size="xs" c="dimmed">
              {order.carrier}
            </Text>
          </Stack>
        ),
      }),
      column.display({
        id: 'items',
        header: t(HEADERS.items),
        meta: { visibleFrom: 'md', align: 'right' },
        cell: ({ row: { original: order } }) => order.item_count,
      }),
      column.display({
        id: 'status',
        header: t(HEADERS.status),
        cell: ({ row: { original: order } }) => (
          <Group gap={6}>
            <StatusBadge status={order.status} />
            {order.on_hold === true && <HoldBadge />}
            {order.open_cases
              // A lost or returned parcel is what the status already says.
              .filter((kind) => kind !== order.status)
              .map((kind) => (
                <CaseBadge key={kind} kind={kind} />
              ))}
          </Group>
        ),
      }),
      column.display({
        id: 'payment',
        header: t(HEADERS.payment),
        meta: { visibleFrom: 'md' },
        cell: ({ row: { original: order } }) => (
          <MoneyBadge
            payment={order.payment_status}
            refunded={order.refunded_total}
            total={order.total_amount}
          />
        ),
      }),
      column.display({
        id: 'total',
        header: t(HEADERS.total),
        meta: { align: 'right' },
        cell: ({ row: { original: order } }) => (
          <Text size="sm" fw={500} style={{ whiteSpace: 'nowrap' }}>
            {money(order.total_amount, order.currency)}
          </Text>
        ),
      }),
    ]);
  }, [t, money, ago, moment, country, view]);
};

const idOf = ({ order_id: id }: Summary): string => id;

const NO_FILTERS: OrdersView = Object.fromEntries(FILTERS.map((filter) => [filter, undefined]));

/** What a chip says of each filter that is set. */
const useFilterTexts = (view: OrdersView, rows: readonly Summary[], assignees: readonly Member[]) => {
  const { t } = useTranslation();
  const { country, number, date } = useFormat();
  const valueOf = (filter: Filter): string | undefined => {
    const value = view[filter];
    if (value === undefined) return undefined;
    switch (filter) {
      case 'status':
        return view.status && t(`order.status.${view.status}`);
      case 'payment':
        return view.payment && t(`order.money.${view.payment}`);
      case 'case':
        return view.case && (view.case === 'any' ? t('orders.anyCase') : t(`case.title_${view.case}`));
      case 'from':
      case 'to':
        return date(instantOf(String(value)));
      case 'min':
      case 'max':
        return number(Number(value));
      case 'country':
        return country(String(value));
      case 'customer':
        return rows.find(({ customer }) => customer.user_id === value)?.customer.name ?? '…';
      case 'assignee':
      case 'mentioned':
        return assignees.find(({ user_id: id }) => id === value)?.name ?? '…';
      case 'carrier':
      case 'tag':
        return String(value);
    }
  };
  return FILTERS.flatMap((filter) => {
    const value = valueOf(filter);
    return value === undefined ? [] : [{ key: filter, text: `${t(`orders.filter.${filter}`)}: ${value}` }];
  });
};

const Orders = (): ReactNode => {
  const { t } = useTranslation();
  const view = Route.useSearch();
  const navigate = useNavigate({ from: '/orders' });
  const query = useQuery(ordersQuery(view));
  const { data: counts } = useQuery(countsQuery);
  const columns = useColumns(view);
  const hidden = hiddenIn(view);
  const rows = query.data?.items;
  const { user_id: me } = memberOf(useSession());
  const assignees = assigneesOf(rows ?? [], { user_id: me, name: t('orders.me') });
  const chips = useFilterTexts(view, rows ?? [], assignees);
  const [isFiltering, filters] = useDisclosure(false);
  const [isChoosing, columnChoice] = useDisclosure(false);
  const carriers = useMemo(() => [...new Set(rows?.map(({ carrier }) => carrier))].sort(), [rows]);
  const tags = useMemo(() => [...new Set(rows?.flatMap((order) => order.tags))].sort(), [rows]);
  const { selected, change: select, chosen } = useSelection(rows ?? [], idOf);
  const isWriter = useMay()('order:write');
  /** Another view begins with its first page. */
  const change = (next: OrdersView): void =>
    void navigate({ search: (before) => ({ ...before, after: undefined, ...next }), replace: true });
  const isNarrowed = chips.length > 0 || view.q !== undefined;

  return (
    <Page title={t('menu.orders')} wide>
      <Stack gap="sm" mb="md">
        <Group gap="xs">
          <Views
            label={t('orders.views')}
            current={view.view ?? 'all'}
            views={VIEWS.map((one) => ({
              view: one,
              label: t(`orders.view.${one}`),
              count: counts?.get(one) === undefined ? undefined : countText(counts.get(one) ?? 0),
            }))}
            searchOf={(one) => ({ ...view, after: undefined, view: one === 'all' ? undefined : one })}
          />
          <SavedViews list="orders" search={view} />
        </Group>
        <Group gap="xs">
          <SearchBox label={t('orders.search')} value={view.q} onSearch={(q) => change({ q })} />
          <Button
            variant="default"
            flex={{ base: 1, sm: 'none' }}
            leftSection={<IconFilter size={16} />}
            onClick={filters.toggle}
            aria-expanded={isFiltering}
            {...(isFiltering ? { 'aria-controls': 'order-filters' } : {})}
          >
            {t('orders.filters')}
          </Button>
          <Button
            variant={view.assignee === me ? 'light' : 'default'}
            flex={{ base: 1, sm: 'none' }}
            leftSection={<IconUser size={16} />}
            aria-pressed={view.assignee === me}
            onClick={() => change({ assignee: view.assignee === me ? undefined : me })}
          >
            {t('orders.mine')}
          </Button>
          <Button
            variant={view.mentioned === me ? 'light' : 'default'}
            flex={{ base: 1, sm: 'none' }}
            leftSection={<IconAt size={16} />}
            aria-pressed={view.mentioned === me}
            onClick={() => change({ mentioned: view.mentioned === me ? undefined : me })}
          >
            {t('orders.mentionsMe')}
          </Button>
          <NativeSelect
            aria-label={t('orders.sort')}
            flex={{ base: 1, sm: 'none' }}
            w={{ sm: 180 }}
            data={SORTS.map((sort) => ({ value: sort, label: t(`orders.sorted.${sort}`) }))}
            value={view.sort ?? 'newest'}
            onChange={({ currentTarget: { value } }) =>
              change({ sort: SORTS.filter((one) => one !== 'newest').find((one) => one === value) })
            }
          />
          <Button
            variant={hidden.length > 0 ? 'light' : 'default'}
            visibleFrom="sm" // narrow screens have few columns
            leftSection={<IconColumns3 size={16} />}
            onClick={columnChoice.toggle}
            aria-expanded={isChoosing}
            {...(isChoosing ? { 'aria-controls': 'order-columns' } : {})}
          >
            {t('orders.columns')}
          </Button>
        </Group>
        {isChoosing && (
          <ColumnChoice
            id="order-columns"
            label={t('orders.columns')}
            columns={COLUMNS}
            labelOf={(column) => t(HEADERS[column])}
            hidden={hidden}
            change={(columns) =>
              void navigate({ search: (before) => ({ ...before, hide: hiding(columns) }), replace: true })
            }
          />
        )}
        {isFiltering && (
          <Filters view={view} carriers={carriers} tags={tags} assignees={assignees} change={change} />
        )}
        <Chips
          chips={chips}
          remove={(filter) => change({ [filter]: undefined })}
          clear={() => change(NO_FILTERS)}
        />
      </Stack>
      <Shown query={query} skeleton={<RowsSkeleton rows={12} />}>
        {({ items, next_cursor: next }) =>
          items.length === 0 ? (
            <Box className="surface">
              <Blank
                Icon={IconReceiptOff}
                title={isNarrowed || view.view !== undefined ? t('orders.noneHere') : t('orders.none')}
                text={
                  isNarrowed
                    ? t('orders.noneFoundText')
                    : view.view === undefined
                      ? t('orders.noneText')
                      : t('orders.noneHereText')
                }
              >
                {isNarrowed && (
                  <Button variant="default" onClick={() => change({ ...NO_FILTERS, q: undefined })}>
                    {t('act.clearFilters')}
                  </Button>
                )}
              </Blank>
            </Box>
          ) : (
            <>
              <DataTable
                caption={t('menu.orders')}
                columns={columns.filter(({ id }) => !hidden.some((column) => column === id))}
                rows={items}
                keyOf={idOf}
                selection={
                  isWriter
                    ? {
                        selected,
                        change: select,
                        labelOf: (row) =>
                          row === undefined ? t('selection.page') : t('selection.row', { name: row.number }),
                      }
                    : undefined
                }
              />
              <Pager cursor={view.after} next={next} />
            </>
          )
        }
      </Shown>
      {isWriter && <Bulk chosen={chosen} select={select} />}
    </Page>
  );
};

export const Route = createLazyRoute('/shell/orders')({ component: Orders });
