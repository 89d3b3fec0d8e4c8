import { Box, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus, IconUserShield } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session.ts';
import { columnsOf, DataTable } from '../../shared/data-table/data-table.tsx';
import { Page } from '../../shared/page.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import { oneOf } from '../../shared/search-params.ts';
import { Blank, RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Views } from '../../shared/views.tsx';
import { AccountStatus, RoleBadges } from '../users/account.tsx';
import { fullName } from '../users/full-name.ts';
import { staffQuery, type User } from '../users/users-query.ts';
import { STAFF_ROLES, STATUSES, type StaffView } from '../users/view.ts';
import '../customers/texts.ts';

const Invitation = lazy(() => import('./invitation.tsx'));

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
            <Link
              to="/staff/$userId"
              params={{ userId: user.user_id }}
              className="row-link"
              style={{ overflowWrap: 'anywhere' }}
            >
              {fullName(user)}
            </Link>
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {user.email}
            </Text>
          </Stack>
        ),
      }),
      column.display({
        id: 'roles',
        header: t('staff.roles'),
        cell: ({ row: { original: user } }) => (
          <Group gap={4}>
            <RoleBadges user={user} />
            {user.status === 'deactivated' && (
              <Box hiddenFrom="xs">
                <AccountStatus user={user} />
              </Box>
            )}
          </Group>
        ),
      }),
      column.display({
        id: 'status',
        header: t('customers.state'),
        meta: { visibleFrom: 'xs' },
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

const Staff = (): ReactNode => {
  const { t } = useTranslation();
  const may = useMay();
  const view = Route.useSearch();
  const navigate = useNavigate({ from: '/staff' });
  const query = useQuery(staffQuery(view));
  const columns = useColumns();
  const [isInviting, invitation] = useDisclosure(false);
  const change = (next: StaffView): void =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const isFiltered = Object.values(view).some((value) => value !== undefined);

  return (
    <Page
      title={t('menu.staff')}
      wide
      actions={
        may('user:write') && (
          <Button leftSection={<IconUserPlus size={16} />} onClick={invitation.open}>
            {t('staff.invite.open')}
          </Button>
        )
      }
    >
      <Stack gap="sm" mb="md">
        <Views
          label={t('staff.views')}
          current={view.role ?? 'all'}
          views={[
            { view: 'all' as const, label: t('customers.all') },
            ...STAFF_ROLES.map((role) => ({ view: role, label: t(`role.${role}`) })),
          ]}
          searchOf={(role) => ({ ...view, role: role === 'all' ? undefined : role })}
        />
        <Group gap="xs">
          <SearchBox label={t('customers.search')} value={view.q} onSearch={(q) => change({ q })} />
          <NativeSelect
            aria-label={t('customers.state')}
            flex={{ base: 1, sm: 'none' }}
            w={{ sm: 170 }}
            data={[
              { value: '', label: t('staff.anyStatus') },
              ...STATUSES.map((status) => ({ value: status, label: t(`customers.status.${status}`) })),
            ]}
            value={view.status ?? ''}
            onChange={({ currentTarget: { value } }) => change({ status: oneOf(STATUSES, value) })}
          />
        </Group>
      </Stack>
      <Shown query={query} skeleton={<RowsSkeleton />}>
        {({ items, isMore }) =>
          items.length === 0 ? (
            <Box className="surface">
              <Blank
                Icon={IconUserShield}
                title={t('staff.noneHere')}
                text={isFiltered ? t('staff.noneHereText') : t('staff.noneText')}
              >
                {isFiltered && (
                  <Button
                    variant="default"
                    onClick={() => change({ q: undefined, role: undefined, status: undefined })}
                  >
                    {t('act.clearFilters')}
                  </Button>
                )}
              </Blank>
            </Box>
          ) : (
            <>
              <DataTable
                caption={t('menu.staff')}
                columns={columns}
                rows={items}
                keyOf={({ user_id: id }) => id}
              />
              {isMore && (
                <Text size="sm" c="dimmed" mt="sm">
                  {t('staff.more')}
                </Text>
              )}
            </>
          )
        }
      </Shown>
      {isInviting && (
        <Suspense>
          <Invitation close={invitation.close} />
        </Suspense>
      )}
    </Page>
  );
};

export const Route = createLazyRoute('/shell/staff')({ component: Staff });
