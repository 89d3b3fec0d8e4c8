import { Alert, Anchor, Badge, Box, Breadcrumbs, Button, Group, Stack, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconKey,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconSend,
  IconTrash,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import '../system/texts.ts';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Versioned } from '../../api.ts';
import { useMay } from '../../session.ts';
import { columnsOf, DataTable } from '../../shared/data-table/data-table.tsx';
import { Pager } from '../../shared/data-table/pager.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { Blank, CardsSkeleton, RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Views } from '../../shared/views.tsx';
import type { EndpointAct, Made } from './dialogs.tsx';
import { DeliveryState, EndpointState } from './state.tsx';
import { STATUSES, type WebhookView } from './view.ts';
import { deliveriesQuery, endpointQuery, type Delivery, type Endpoint } from './webhooks-query.ts';
import '../customers/texts.ts';

const loadDialogs = () => import('./dialogs.tsx');
const EndpointDialog = lazy(async () => ({ default: (await loadDialogs()).EndpointDialog }));
const SecretDialog = lazy(async () => ({ default: (await loadDialogs()).SecretDialog }));
const DeliveryDrawer = lazy(() => import('./delivery.tsx'));

const Detail = (): ReactNode => {
  const { endpointId } = Route.useParams();
  return (
    <Shown query={useQuery(endpointQuery(endpointId))} skeleton={<CardsSkeleton />}>
      {(endpoint) => <EndpointPage key={endpointId} endpoint={endpoint} />}
    </Shown>
  );
};

const EndpointPage = ({ endpoint }: { readonly endpoint: Versioned<Endpoint> }): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const may = useMay();
  const [act, setAct] = useState<EndpointAct>();
  const [made, setMade] = useState<Made>();
  const { value } = endpoint;
  const { host } = new URL(value.url);
  return (
    <Page
      title={host}
      above={
        <Breadcrumbs fz="sm" mb="xs" component="nav" aria-label={t('breadcrumbs')}>
          <Anchor size="sm" renderRoot={(props) => <Link to="/webhooks" {...props} />}>
            {t('menu.webhooks')}
          </Anchor>
          <Text size="sm" c="dimmed" truncate maw={260}>
            {host}
          </Text>
        </Breadcrumbs>
      }
      beside={<EndpointState endpoint={value} />}
      actions={
        may('webhook:write') && (
          <>
            <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => setAct('delete')}>
              {t('webhooks.delete.open')}
            </Button>
            {value.is_enabled ? (
              <Button
                variant="default"
                leftSection={<IconPlayerPause size={16} />}
                onClick={() => setAct('disable')}
              >
                {t('webhooks.disable.open')}
              </Button>
            ) : (
              <Button
                variant="default"
                leftSection={<IconPlayerPlay size={16} />}
                onClick={() => setAct('enable')}
              >
                {t('webhooks.enable.open')}
              </Button>
            )}
            <Button variant="default" leftSection={<IconKey size={16} />} onClick={() => setAct('rotate')}>
              {t('webhooks.rotate.open')}
            </Button>
            <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => setAct('edit')}>
              {t('webhooks.edit.open')}
            </Button>
            {value.is_enabled && (
              <Button leftSection={<IconSend size={16} />} onClick={() => setAct('test')}>
                {t('webhooks.test.open')}
              </Button>
            )}
          </>
        )
      }
    >
      <Stack gap="md">
        {value.disabled && (
          <Alert color="red" icon={<IconAlertTriangle size={18} />}>
            {t('webhooks.disabledAt', {
              at: moment(value.disabled.disabled_at),
              reason: value.disabled.reason,
            })}
          </Alert>
        )}
        {value.is_enabled && value.failing_since !== undefined && (
          <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
            {t('webhooks.failingSince', { at: moment(value.failing_since) })}
          </Alert>
        )}
        <Panel>
          <Stack gap="xs">
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {value.url}
            </Text>
            {value.description !== '' && (
              <Text size="sm" c="dimmed">
                {value.description}
              </Text>
            )}
            <Group gap={4}>
              {value.event_types.map((type) => (
                <Badge key={type} color="gray" tt="none">
                  {type}
                </Badge>
              ))}
            </Group>
          </Stack>
        </Panel>
        <Deliveries endpointId={value.endpoint_id} />
      </Stack>
      <Suspense>
        {act && (
          <EndpointDialog act={act} endpoint={endpoint} close={() => setAct(undefined)} onMade={setMade} />
        )}
        {made && <SecretDialog secret={made.secret} close={() => setMade(undefined)} />}
      </Suspense>
    </Page>
  );
};

const useColumns = (view: WebhookView) => {
  const { t } = useTranslation();
  const { ago, moment } = useFormat();
  return useMemo(() => {
    const column = columnsOf<Delivery>();
    return column.columns([
      column.display({
        id: 'event',
        header: t('webhooks.event'),
        cell: ({ row: { original: delivery } }) => (
          <Link
            to="."
            search={{ ...view, delivery: delivery.delivery_id }}
            resetScroll={false}
            className="row-link mono"
          >
            {delivery.event_type}
          </Link>
        ),
      }),
      column.display({
        id: 'status',
        header: t('webhooks.stateTitle'),
        cell: ({ row: { original: delivery } }) => <DeliveryState status={delivery.status} />,
      }),
      column.display({
        id: 'answer',
        header: t('webhooks.answer'),
        meta: { visibleFrom: 'sm' },
        cell: ({ row: { original: delivery } }) => {
          const last = delivery.attempts.at(-1);
          return last === undefined ? '–' : (last.status_code ?? last.error ?? '–');
        },
      }),
      column.display({
        id: 'attempts',
        header: t('webhooks.attempts'),
        meta: { visibleFrom: 'sm', align: 'right' },
        cell: ({ row: { original: delivery } }) => delivery.attempts.length,
      }),
      column.display({
        id: 'at',
        header: t('webhooks.createdAt'),
        meta: { align: 'right' },
        cell: ({ row: { original: delivery } }) => (
          <time dateTime={delivery.created_at} title={moment(delivery.created_at)}>
            {ago(delivery.created_at)}
          </time>
        ),
      }),
    ]);
  }, [t, ago, moment, view]);
};

const Deliveries = ({ endpointId }: { readonly endpointId: string }): ReactNode => {
  const { t } = useTranslation();
  const view = Route.useSearch();
  const navigate = useNavigate({ from: '/webhooks/$endpointId' });
  const columns = useColumns(view);
  const close = (): void =>
    void navigate({ search: (before) => ({ ...before, delivery: undefined }), resetScroll: false });
  return (
    <Stack gap="sm">
      <Views
        label={t('webhooks.deliveries')}
        current={view.status ?? 'all'}
        views={[
          { view: 'all' as const, label: t('customers.all') },
          ...STATUSES.map((status) => ({ view: status, label: t(`webhooks.delivery.${status}`) })),
        ]}
        searchOf={(status) => ({ status: status === 'all' ? undefined : status })}
      />
      <Shown query={useQuery(deliveriesQuery(endpointId, view))} skeleton={<RowsSkeleton rows={6} />}>
        {({ items, next_cursor: next }) =>
          items.length === 0 ? (
            <Box className="surface">
              <Blank
                Icon={IconSend}
                title={t('webhooks.noDeliveries')}
                text={t('webhooks.noDeliveriesText')}
              />
            </Box>
          ) : (
            <>
              <DataTable
                caption={t('webhooks.deliveries')}
                columns={columns}
                rows={items}
                keyOf={({ delivery_id: id }) => id}
              />
              <Pager cursor={view.after} next={next} />
            </>
          )
        }
      </Shown>
      {view.delivery !== undefined && (
        <Suspense>
          <DeliveryDrawer endpointId={endpointId} deliveryId={view.delivery} close={close} />
        </Suspense>
      )}
    </Stack>
  );
};

export const Route = createLazyRoute('/shell/webhooks/$endpointId')({ component: Detail });
