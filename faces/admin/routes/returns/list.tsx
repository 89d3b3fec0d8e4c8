import { Box, Stack, Text } from '@mantine/core';
import { IconTruckReturn } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { columnsOf, DataTable } from '../../shared/data-table/data-table.tsx';
import { Pager } from '../../shared/data-table/pager.tsx';
import { Page } from '../../shared/page.tsx';
import { Blank, RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Views } from '../../shared/views.tsx';
import { returnCountsQuery, returnsQuery, type Return } from './returns-query.ts';
import { ReturnBadge } from './state.tsx';
import { STATES } from './view.ts';
import './texts.ts';

const MOST_COUNTED = 1_000;

const useColumns = () => {
  const { t } = useTranslation();
  const { ago, money, moment } = useFormat();
  return useMemo(() => {
    const column = columnsOf<Return>();
    const goods = ({ lines }: Return): string =>
      lines.map(({ quantity, name }) => `${quantity} × ${name}`).join(', ');
    return column.columns([
      column.display({
        id: 'number',
        header: t('returns.number'),
        cell: ({ row: { original: one } }) => (
          <Stack gap={0}>
            <Link to="/orders/$orderId" params={{ orderId: one.order_id }} className="row-link mono">
              {one.number}
            </Link>
            <Text size="xs" c="dimmed" hiddenFrom="sm" style={{ overflowWrap: 'anywhere' }}>
              {goods(one)}
            </Text>
          </Stack>
        ),
      }),
      column.display({
        id: 'goods',
        header: t('returns.goods'),
        meta: { visibleFrom: 'sm' },
        cell: ({ row: { original: one } }) => (
          <Text size="sm" className="cut" title={goods(one)}>
            {goods(one)}
          </Text>
        ),
      }),
      column.display({
        id: 'state',
        header: t('returns.stateOf'),
        cell: ({ row: { original: one } }) => <ReturnBadge state={one.state} />,
      }),
      column.display({
        id: 'refund',
        header: t('returns.refund'),
        meta: { visibleFrom: 'md', align: 'right' },
        cell: ({ row: { original: one } }) =>
          one.refund_amount === undefined || one.currency === undefined
            ? ''
            : money(one.refund_amount, one.currency),
      }),
      column.display({
        id: 'at',
        header: t('returns.requestedAt'),
        meta: { visibleFrom: 'sm', align: 'right' },
        cell: ({ row: { original: one } }) => (
          <time dateTime={one.requested_at} title={moment(one.requested_at)}>
            {ago(one.requested_at)}
          </time>
        ),
      }),
    ]);
  }, [t, ago, money, moment]);
};

const ReturnsList = (): ReactNode => {
  const { t } = useTranslation();
  const view = Route.useSearch();
  const query = useQuery(returnsQuery(view));
  const counts = useQuery(returnCountsQuery);
  const columns = useColumns();
  const countOf = (state: (typeof STATES)[number]): string | undefined => {
    const count = counts.data?.get(state);
    return count === undefined ? undefined : count >= MOST_COUNTED ? `${MOST_COUNTED}+` : String(count);
  };
  return (
    <Page title={t('menu.returns')} wide>
      <Stack gap="sm" mb="md">
        <Views
          label={t('returns.views')}
          current={view.state ?? 'all'}
          views={[
            { view: 'all' as const, label: t('returns.all') },
            ...STATES.map((state) => ({
              view: state,
              label: t(`returns.state.${state}`),
              count: countOf(state),
            })),
          ]}
          searchOf={(state) => (state === 'all' ? {} : { state })}
        />
      </Stack>
      <Shown query={query} skeleton={<RowsSkeleton rows={12} />}>
        {({ items, next_cursor: next }) =>
          items.length === 0 ? (
            <Box className="surface">
              <Blank Icon={IconTruckReturn} title={t('returns.none')} text={t('returns.noneText')} />
            </Box>
          ) : (
            <>
              <DataTable
                caption={t('menu.returns')}
                columns={columns}
                rows={items}
                keyOf={({ return_id: id }) => id}
              />
              <Pager cursor={view.after} next={next} />
            </>
          )
        }
      </Shown>
    </Page>
  );
};

export const Route = createLazyRoute('/shell/returns')({ component: ReturnsList });
