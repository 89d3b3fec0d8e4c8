import { Box, Button, Group, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { columnsOf, DataTable } from '../../shared/data-table/data-table.tsx';
import { Pager } from '../../shared/data-table/pager.tsx';
import { Page } from '../../shared/page.tsx';
import { SavedViews } from '../../shared/saved-views.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import { Blank, RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Views } from '../../shared/views.tsx';
import { AccountStatus, RoleBadges } from '../users/account.tsx';
import { fullName } from '../users/full-name.ts';
import { customersQuery, type User } from '../users/users-query.ts';
import { STATUSES, type CustomersView } from '../users/view.ts';
import './texts.ts';

const Erasure = lazy(() => import('./erasure.tsx'));

const useColumns = () => {
  const { t } = useTranslation();
  const { ago, moment } = useFormat();
  return useMemo(() => {
    const column = columnsOf<User>();
    return column.columns([
      column.display({
        id: 'name',
        header: t('customers.name'),
        cell: ({ row: { original: user } }) => (
          <Stack gap={0}>
            <Group gap="xs">
              <Link
                to="/customers/$customerId"
                params={{ customerId: user.user_id }}
                className="row-link"
                style={{ overflowWrap: 'anywhere' }}
              >
                {fullName(user)}
              </Link>
              <RoleBadges user={user} />
            </Group>
            <Text size="xs" c="dimmed" hiddenFrom="sm" style={{ overflowWrap: 'anywhere' }}>
              {user.email}
            </Text>
          </Stack>
        ),
      }),
      column.display({
        id: 'email',
        header: t('customers.email'),
        meta: { visibleFrom: 'sm' },
        cell: ({ row: { original: user } }) => user.email,
      }),
      column.display({
        id: 'status',
        header: t('customers.state'),
        cell: ({ row: { original: user } }) => <AccountStatus user={user} />,
      }),
      column.display({
        id: 'since',
        header: t('customers.since'),
        meta: { visibleFrom: 'sm', align: 'right' },
        cell: ({ row: { original: user } }) => (
          <time dateTime={user.created_at} title={moment(user.created_at)}>
            {ago(user.created_at)}
          </time>
        ),
      }),
    ]);
  }, [t, ago, moment]);
};

const Customers = (): ReactNode => {
  const { t } = useTranslation();
  const view = Route.useSearch();
  const navigate = useNavigate({ from: '/customers' });
  const query = useQuery(customersQuery(view));
  const columns = useColumns();
  /** Another view begins with its first page. */
  const change = (next: CustomersView): void =>
    void navigate({ search: (before) => ({ ...before, after: undefined, ...next }), replace: true });
  const isFiltered = view.q !== undefined || view.status !== undefined;

  return (
    <Page title={t('menu.customers')} wide>
      <Stack gap="sm" mb="md">
        <Group gap="xs">
          <Views
            label={t('customers.views')}
            current={view.status ?? 'all'}
            views={[
              { view: 'all' as const, label: t('customers.all') },
              ...STATUSES.map((status) => ({ view: status, label: t(`customers.status.${status}`) })),
            ]}
            searchOf={(status) => ({
              ...view,
              after: undefined,
              status: status === 'all' ? undefined : status,
            })}
          />
          <SavedViews list="customers" search={view} />
        </Group>
        <SearchBox label={t('customers.search')} value={view.q} onSearch={(q) => change({ q })} />
      </Stack>
      <Shown query={query} skeleton={<RowsSkeleton rows={12} />}>
        {({ items, next_cursor: next }) =>
          items.length === 0 ? (
            <Box className="surface">
              <Blank
                Icon={IconUsers}
                title={isFiltered ? t('customers.noneHere') : t('customers.none')}
                text={isFiltered ? t('customers.noneHereText') : t('customers.noneText')}
              >
                {isFiltered && (
                  <Button variant="default" onClick={() => change({ q: undefined, status: undefined })}>
                    {t('act.clearFilters')}
                  </Button>
                )}
              </Blank>
            </Box>
          ) : (
            <>
              <DataTable
                caption={t('menu.customers')}
                columns={columns}
                rows={items}
                keyOf={({ user_id: id }) => id}
              />
              <Pager cursor={view.after} next={next} />
            </>
          )
        }
      </Shown>
      {view.erasure !== undefined && (
        <Suspense>
          <Erasure erasureId={view.erasure} close={() => change({ erasure: undefined })} />
        </Suspense>
      )}
    </Page>
  );
};

export const Route = createLazyRoute('/shell/customers')({ component: Customers });
