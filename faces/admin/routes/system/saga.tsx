import { Anchor, Badge, Breadcrumbs, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import './texts.ts';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { useMay } from '../../session.ts';
import { Page, Panel } from '../../shared/page.tsx';
import { CardsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { StatusBadge } from '../orders/status.tsx';
import type { Act } from './acts.tsx';
import { FailingTasks, Payload } from './stuck.tsx';
import { sagaQuery } from './system-query.ts';

type Saga = Schemas['Saga'];

const Acts = lazy(() => import('./acts.tsx'));

/** The services that have tasks about orders. */
const WITH_TASKS = ['order', 'payment', 'shipping'];

const SagaPage = (): ReactNode => {
  const { orderId } = Route.useParams();
  return (
    <Shown query={useQuery(sagaQuery(orderId))} skeleton={<CardsSkeleton />}>
      {(saga) => <OneSaga saga={saga} />}
    </Shown>
  );
};

const OneSaga = ({ saga }: { readonly saga: Saga }): ReactNode => {
  const { t } = useTranslation();
  const may = useMay();
  const [act, setAct] = useState<Act>();
  const { order_id: orderId } = saga;
  return (
    <Page
      title={t('system.saga.title', { number: saga.number })}
      above={
        <Breadcrumbs fz="sm" mb="xs" component="nav" aria-label={t('breadcrumbs')}>
          {may('operations:read') && (
            <Anchor size="sm" renderRoot={(props) => <Link to="/system" {...props} />}>
              {t('menu.system')}
            </Anchor>
          )}
          {may('order:read') && (
            <Anchor
              size="sm"
              renderRoot={(props) => <Link to="/orders/$orderId" params={{ orderId }} {...props} />}
            >
              {t('order.title', { number: saga.number })}
            </Anchor>
          )}
          <Text size="sm" c="dimmed">
            {t('system.saga.short')}
          </Text>
        </Breadcrumbs>
      }
      beside={<StatusBadge status={saga.status} />}
    >
      <Stack gap="md">
        <Waits saga={saga} />
        {may('operations:read') &&
          WITH_TASKS.map((service) => (
            <FailingTasks key={service} service={service} about={orderId} act={setAct} />
          ))}
        <Events events={saga.events} />
      </Stack>
      {act && (
        <Suspense>
          <Acts act={act} close={() => setAct(undefined)} />
        </Suspense>
      )}
    </Page>
  );
};

const Waits = ({ saga }: { readonly saga: Saga }): ReactNode => {
  const { t } = useTranslation();
  const { ago, moment } = useFormat();
  return (
    <Panel title={t('system.saga.waits')}>
      {saga.waits.length === 0 ? (
        <Text size="sm">{t('system.saga.over')}</Text>
      ) : (
        <Stack gap="sm">
          {saga.waits.map((wait) => (
            <Stack key={`${wait.who} ${wait.what} ${wait.about ?? ''}`} gap={0}>
              <Group gap="xs">
                <Badge color="gray">{wait.who}</Badge>
                <Text size="sm" fw={500}>
                  {t(`system.saga.what.${wait.what}`)}
                </Text>
              </Group>
              <Text size="xs" c="dimmed">
                {t('system.saga.since', { at: moment(wait.since), ago: ago(wait.since) })}
                {wait.until !== undefined && ` · ${t('system.saga.until', { at: moment(wait.until) })}`}
                {wait.about !== undefined && ` · ${wait.about}`}
              </Text>
            </Stack>
          ))}
        </Stack>
      )}
    </Panel>
  );
};

const Events = ({ events }: Pick<Saga, 'events'>): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  return (
    <Panel title={t('system.saga.events')}>
      <Stack component="ol" gap="xs" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {events.map(({ version, type, at, actor, data }) => (
          <li key={version}>
            <Group gap="xs">
              <Text size="sm" c="dimmed" w={28} ta="right">
                {version}
              </Text>
              <Text size="sm" fw={500} className="mono">
                {type}
              </Text>
              <Text size="xs" c="dimmed">
                <time dateTime={at}>{moment(at)}</time> · {t(`actor.${actor.kind}`)}
              </Text>
            </Group>
            {Object.keys(data).length > 0 && (
              <div style={{ marginLeft: 36 }}>
                <Payload label={t('system.payload')} data={data} />
              </div>
            )}
          </li>
        ))}
      </Stack>
    </Panel>
  );
};

export const Route = createLazyRoute('/shell/system/orders/$orderId')({ component: SagaPage });
