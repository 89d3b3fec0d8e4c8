import { Anchor, Badge, Breadcrumbs, Button, Grid, Group, Stack, Text } from '@mantine/core';
import { IconDownload, IconEraser, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '../../session.ts';
import { Fact, Page, Panel } from '../../shared/page.tsx';
import { CardsSkeleton, Shown } from '../../shared/shown.tsx';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { ordersQuery } from '../orders/orders-query.ts';
import { StatusBadge } from '../orders/status.tsx';
import { Account, AccountStatus, RoleBadges, Sessions } from '../users/account.tsx';
import { fullName } from '../users/full-name.ts';
import type { Act } from '../users/dialogs.tsx';
import { addressesQuery, userQuery, type User } from '../users/users-query.ts';
import { staffRolesOf } from '../users/view.ts';
import './texts.ts';

const Dialogs = lazy(() => import('../users/dialogs.tsx'));

const Detail = (): ReactNode => {
  const { customerId } = Route.useParams();
  const query = useQuery(userQuery(customerId));
  return (
    <Shown query={query} skeleton={<CardsSkeleton />}>
      {(user) => <Customer key={user.user_id} user={user} />}
    </Shown>
  );
};

const Customer = ({ user }: { readonly user: User }): ReactNode => {
  const { t } = useTranslation();
  const may = useMay();
  const session = useSession();
  const [act, setAct] = useState<Act>();
  const isStaff = staffRolesOf(user.roles).length > 0;
  const isOwn = session.user.user_id === user.user_id;
  const isActive = user.status !== 'deactivated';
  return (
    <Page
      title={fullName(user)}
      above={
        <Breadcrumbs fz="sm" mb="xs" component="nav" aria-label={t('breadcrumbs')}>
          <Anchor size="sm" renderRoot={(props) => <Link to="/customers" {...props} />}>
            {t('menu.customers')}
          </Anchor>
          <Text size="sm" c="dimmed" truncate maw={260}>
            {user.email}
          </Text>
        </Breadcrumbs>
      }
      beside={<AccountStatus user={user} />}
      actions={
        may('user:write') && (
          <>
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => setAct({ kind: 'export' })}
            >
              {t('customers.export.open')}
            </Button>
            {!isOwn && (
              <Button
                variant="default"
                leftSection={isActive ? <IconUserOff size={16} /> : <IconUserCheck size={16} />}
                onClick={() => setAct({ kind: isActive ? 'deactivate' : 'reactivate' })}
              >
                {t(`customers.${isActive ? 'deactivate' : 'reactivate'}.open`)}
              </Button>
            )}
            {!isStaff && (
              <Button
                variant="default"
                leftSection={<IconEraser size={16} />}
                onClick={() => setAct({ kind: 'erase' })}
              >
                {t('customers.erase.open')}
              </Button>
            )}
          </>
        )
      }
    >
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            {may('order:read') && <Orders user={user} />}
            <Addresses user={user} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            <Account user={user}>
              {isStaff && (
                <Fact label={t('staff.roles')}>
                  <Group gap="xs">
                    <RoleBadges user={user} />
                    <Anchor
                      size="sm"
                      renderRoot={(props) => (
                        <Link to="/staff/$userId" params={{ userId: user.user_id }} {...props} />
                      )}
                    >
                      {t('staff.openMember')}
                    </Anchor>
                  </Group>
                </Fact>
              )}
            </Account>
            <Sessions user={user} act={setAct} />
          </Stack>
        </Grid.Col>
      </Grid>
      {act && (
        <Suspense>
          <Dialogs act={act} user={user} close={() => setAct(undefined)} />
        </Suspense>
      )}
    </Page>
  );
};

const SHOWN_ORDERS = 10;

const Orders = ({ user }: { readonly user: User }): ReactNode => {
  const { t } = useTranslation();
  const { money, ago, moment } = useFormat();
  const view = { customer: user.user_id };
  const query = useQuery(ordersQuery(view));
  return (
    <Panel
      title={t('menu.orders')}
      aside={
        (query.data?.items.length ?? 0) > SHOWN_ORDERS && (
          <Anchor size="sm" renderRoot={(props) => <Link to="/orders" search={view} {...props} />}>
            {t('customers.allOrders')}
          </Anchor>
        )
      }
    >
      <Shown query={query} skeleton={<Text size="sm">…</Text>}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('customers.noOrders')}
            </Text>
          ) : (
            <table className="table lines" aria-label={t('menu.orders')}>
              <thead>
                <tr>
                  <Th>{t('orders.order')}</Th>
                  <Th visibleFrom="xs">{t('orders.placed')}</Th>
                  <Th>{t('orders.status')}</Th>
                  <Th ta="right">{t('orders.total')}</Th>
                </tr>
              </thead>
              <tbody>
                {items.slice(0, SHOWN_ORDERS).map((order) => (
                  <tr key={order.order_id} className="linked-row">
                    <Td>
                      <Link
                        to="/orders/$orderId"
                        params={{ orderId: order.order_id }}
                        search={view}
                        className="row-link mono"
                      >
                        {order.number}
                      </Link>
                    </Td>
                    <Td visibleFrom="xs">
                      <time dateTime={order.placed_at} title={moment(order.placed_at)}>
                        {ago(order.placed_at)}
                      </time>
                    </Td>
                    <Td>
                      <StatusBadge status={order.status} />
                    </Td>
                    <Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                      {money(order.total_amount, order.currency)}
                    </Td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Shown>
    </Panel>
  );
};

const Addresses = ({ user }: { readonly user: User }): ReactNode => {
  const { t } = useTranslation();
  const { country } = useFormat();
  const query = useQuery(addressesQuery(user.user_id));
  return (
    <Panel title={t('customers.addresses')}>
      <Shown query={query} skeleton={<Text size="sm">…</Text>}>
        {(addresses) =>
          addresses.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('customers.noAddresses')}
            </Text>
          ) : (
            <Group gap="xl" align="flex-start">
              {addresses.map((address) => (
                <Stack key={address.address_id} gap={4}>
                  <Text size="sm" component="address" style={{ fontStyle: 'normal', whiteSpace: 'pre-line' }}>
                    {[
                      address.recipient,
                      address.line1,
                      address.line2,
                      `${address.postal_code} ${address.city}`.trim(),
                      address.region,
                      country(address.country),
                      address.phone,
                    ]
                      .filter(Boolean)
                      .join('\n')}
                  </Text>
                  <Group gap={4}>
                    {address.default_shipping && <Badge color="gray">{t('customers.shipHere')}</Badge>}
                    {address.default_billing && <Badge color="gray">{t('customers.billHere')}</Badge>}
                  </Group>
                </Stack>
              ))}
            </Group>
          )
        }
      </Shown>
    </Panel>
  );
};

export const Route = createLazyRoute('/shell/customers/$customerId')({ component: Detail });
