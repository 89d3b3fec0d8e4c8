import { Box, Button, Stack, Text } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import '../system/texts.ts';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session.ts';
import { columnsOf, DataTable } from '../../shared/data-table/data-table.tsx';
import { Page } from '../../shared/page.tsx';
import { Blank, RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import type { Made } from './dialogs.tsx';
import { EndpointState } from './state.tsx';
import { endpointsQuery, type Endpoint } from './webhooks-query.ts';

const loadDialogs = () => import('./dialogs.tsx');
const NewEndpoint = lazy(async () => ({ default: (await loadDialogs()).NewEndpoint }));
const SecretDialog = lazy(async () => ({ default: (await loadDialogs()).SecretDialog }));

const useColumns = () => {
  const { t } = useTranslation();
  const { ago, moment } = useFormat();
  return useMemo(() => {
    const column = columnsOf<Endpoint>();
    return column.columns([
      column.display({
        id: 'url',
        header: t('webhooks.url'),
        cell: ({ row: { original: endpoint } }) => (
          <Stack gap={0}>
            <Link
              to="/webhooks/$endpointId"
              params={{ endpointId: endpoint.endpoint_id }}
              className="row-link"
              style={{ overflowWrap: 'anywhere' }}
            >
              {endpoint.url}
            </Link>
            <Text size="xs" c="dimmed">
              {endpoint.description}
            </Text>
          </Stack>
        ),
      }),
      column.display({
        id: 'state',
        header: t('webhooks.stateTitle'),
        cell: ({ row: { original: endpoint } }) => <EndpointState endpoint={endpoint} />,
      }),
      column.display({
        id: 'events',
        header: t('webhooks.events'),
        meta: { visibleFrom: 'sm', align: 'right' },
        cell: ({ row: { original: endpoint } }) => endpoint.event_types.length,
      }),
      column.display({
        id: 'since',
        header: t('webhooks.createdAt'),
        meta: { visibleFrom: 'sm', align: 'right' },
        cell: ({ row: { original: endpoint } }) => (
          <time dateTime={endpoint.created_at} title={moment(endpoint.created_at)}>
            {ago(endpoint.created_at)}
          </time>
        ),
      }),
    ]);
  }, [t, ago, moment]);
};

const Webhooks = (): ReactNode => {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const columns = useColumns();
  const [isNew, setNew] = useState(false);
  const [made, setMade] = useState<Made>();
  const open = may('webhook:write') && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setNew(true)}>
      {t('webhooks.new.open')}
    </Button>
  );
  return (
    <Page title={t('menu.webhooks')} actions={open}>
      <Shown query={useQuery(endpointsQuery)} skeleton={<RowsSkeleton rows={4} />}>
        {(endpoints) =>
          endpoints.length === 0 ? (
            <Box className="surface">
              <Blank Icon={IconWebhook} title={t('webhooks.none')} text={t('webhooks.noneText')} />
            </Box>
          ) : (
            <DataTable
              caption={t('menu.webhooks')}
              columns={columns}
              rows={endpoints}
              keyOf={({ endpoint_id: id }) => id}
            />
          )
        }
      </Shown>
      <Suspense>
        {isNew && <NewEndpoint close={() => setNew(false)} onMade={setMade} />}
        {made && (
          <SecretDialog
            secret={made.secret}
            close={() =>
              void navigate({ to: '/webhooks/$endpointId', params: { endpointId: made.endpointId } })
            }
          />
        )}
      </Suspense>
    </Page>
  );
};

export const Route = createLazyRoute('/shell/webhooks')({ component: Webhooks });
