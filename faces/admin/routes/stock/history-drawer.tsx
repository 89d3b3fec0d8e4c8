import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { useMay, useSession } from '../../session.ts';
import { Drawer } from '../../shared/modal.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { adjustmentsQuery, reservationsQuery } from './stock-api.ts';
import type { StockItem } from './stock-cells.ts';

interface HistoryDrawerProps {
  readonly variantId: string;
  readonly close: () => void;
}

/** Which orders hold the units of an item, and who has changed how many there are. */
const HistoryDrawer = ({ variantId, close }: HistoryDrawerProps): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const item = queries
    .getQueriesData<InfiniteData<{ readonly items: readonly StockItem[] }>>({ queryKey: ['stock', 'rows'] })
    .flatMap(([, rows]) => rows?.pages ?? [])
    .flatMap(({ items }) => items)
    .find(({ variant_id: id }) => id === variantId);
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      title={item ? `${item.name ?? ''} ${item.sku}`.trim() : t('stock.history.title')}
      closeButtonProps={{ 'aria-label': t('act.close') }}
      styles={{
        content: { background: 'var(--shop-surface)' },
        header: { background: 'var(--shop-surface)' },
        title: { fontWeight: 650 },
      }}
    >
      <Stack gap="xl">
        <Reservations variantId={variantId} />
        <Adjustments variantId={variantId} />
      </Stack>
    </Drawer>
  );
};

const Reservations = ({ variantId }: { readonly variantId: string }): ReactNode => {
  const { t } = useTranslation();
  const { number } = useFormat();
  return (
    <Section
      title={t('stock.history.reservations')}
      none={t('stock.history.noReservations')}
      query={useInfiniteQuery(reservationsQuery(variantId))}
      head={
        <>
          <Th>{t('stock.history.order')}</Th>
          <Th>{t('stock.history.parcel')}</Th>
          <Th ta="right">{t('stock.history.units')}</Th>
        </>
      }
      row={({ order_id: orderId, attempt, quantity }: Schemas['Reservation']) => (
        <tr key={`${orderId} ${attempt}`}>
          <Td>
            <OrderLink orderId={orderId} />
          </Td>
          <Td>{attempt === 1 ? t('stock.history.first') : t('stock.history.replacement')}</Td>
          <Td ta="right">{number(quantity)}</Td>
        </tr>
      )}
    />
  );
};

const Adjustments = ({ variantId }: { readonly variantId: string }): ReactNode => {
  const { t } = useTranslation();
  const { number, moment } = useFormat();
  const { user } = useSession();
  const nameOf = (actor: string): string => {
    if (actor === user.user_id) return t('stock.history.you');
    return actor === 'system' ? t('stock.history.shop') : shortId(actor);
  };
  return (
    <Section
      title={t('stock.history.changes')}
      none={t('stock.history.noChanges')}
      query={useInfiniteQuery(adjustmentsQuery(variantId))}
      head={
        <>
          <Th>{t('stock.history.at')}</Th>
          <Th ta="right">{t('stock.history.change')}</Th>
          <Th ta="right">{t('stock.column.count')}</Th>
          <Th>{t('stock.history.reason')}</Th>
          <Th>{t('stock.history.by')}</Th>
        </>
      }
      row={(line: Schemas['Adjustment']) => (
        <tr key={line.adjustment_id}>
          <Td>
            <time dateTime={line.adjusted_at}>{moment(line.adjusted_at)}</time>
          </Td>
          <Td ta="right">{`${line.delta > 0 ? '+' : '\u2212'}${number(Math.abs(line.delta))}`}</Td>
          <Td ta="right">{number(line.stock_count)}</Td>
          <Td>
            {line.order_id === undefined ? (
              line.reason
            ) : (
              <>
                {t('stock.history.returned')} <OrderLink orderId={line.order_id} />
              </>
            )}
          </Td>
          <Td>{nameOf(line.adjusted_by)}</Td>
        </tr>
      )}
    />
  );
};

/** Inventory knows orders and people by their IDs only. */
const shortId = (id: string): string => `#${id.slice(-8).toUpperCase()}`;

const OrderLink = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const may = useMay();
  const name = shortId(orderId);
  return may('order:read') ? (
    <Link to="/orders/$orderId" params={{ orderId }} className="mono">
      {name}
    </Link>
  ) : (
    <span className="mono">{name}</span>
  );
};

interface SectionProps<Item> {
  readonly title: string;
  readonly none: string;
  readonly query: {
    readonly data: { readonly pages: readonly { readonly items: readonly Item[] }[] } | undefined;
    readonly error: unknown;
    readonly hasNextPage: boolean;
    readonly isFetching: boolean;
    readonly fetchNextPage: () => unknown;
    readonly refetch: () => unknown;
  };
  readonly head: ReactNode;
  readonly row: (item: Item) => ReactNode;
}

const Section = <Item,>({ title, none, query, head, row }: SectionProps<Item>): ReactNode => {
  const { t } = useTranslation();
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = query;
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {title}
      </Title>
      {error !== null && (
        <Group gap="xs">
          <Text size="sm" c="var(--mantine-color-error)">
            {problemText(error, t)}
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            loading={isFetching}
            onClick={() => void (data ? fetchNextPage() : refetch())}
          >
            {t('act.tryAgain')}
          </Button>
        </Group>
      )}
      {items === undefined && error === null && <Skeleton height={80} />}
      {items?.length === 0 && (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      )}
      {items !== undefined && items.length > 0 && (
        <div style={{ overflowX: 'auto' }} tabIndex={0} role="group" aria-label={title}>
          <table className="table lines" aria-label={title}>
            <thead>
              <tr>{head}</tr>
            </thead>
            <tbody>{items.map(row)}</tbody>
          </table>
        </div>
      )}
      {hasNextPage && error === null && (
        <Group>
          <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => fetchNextPage()}>
            {t('act.showMore')}
          </Button>
        </Group>
      )}
    </Stack>
  );
};

export default HistoryDrawer;
