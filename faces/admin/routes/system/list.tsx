import { Alert, Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import './texts.ts';
import { createLazyRoute, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { textIn } from '../../shared/form/text-in.ts';
import { Page, Panel } from '../../shared/page.tsx';
import { uuidOf } from '../../shared/search-params.ts';
import { RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import type { Act } from './acts.tsx';
import { DeadLetters, FailingTasks } from './stuck.tsx';
import { overviewQuery, type ServiceState } from './system-query.ts';

const Acts = lazy(() => import('./acts.tsx'));

const System = (): ReactNode => {
  const { t } = useTranslation();
  const [act, setAct] = useState<Act>();
  return (
    <Page title={t('menu.system')}>
      <Shown query={useQuery(overviewQuery)} skeleton={<RowsSkeleton rows={12} />}>
        {({ services, missing }) => (
          <Stack gap="md">
            {missing.length > 0 && (
              <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} />}>
                {t('system.missing', { services: missing.join(', ') })}
              </Alert>
            )}
            {services.map(({ service, operations }) => (
              <Stuck key={service} service={service} operations={operations} act={setAct} />
            ))}
            <Services services={services} />
            <FindSaga />
          </Stack>
        )}
      </Shown>
      {act && (
        <Suspense>
          <Acts act={act} close={() => setAct(undefined)} />
        </Suspense>
      )}
    </Page>
  );
};

interface StuckProps extends Pick<ServiceState, 'service'> {
  readonly operations: ServiceState['operations'] | undefined;
  readonly act: (act: Act) => void;
}

/** What is stuck in a service, if anything is. */
const Stuck = ({ service, operations, act }: StuckProps): ReactNode => (
  <>
    {(operations?.dead_letters ?? 0) > 0 && <DeadLetters service={service} act={act} />}
    {(operations?.failing_tasks ?? 0) > 0 && <FailingTasks service={service} act={act} />}
  </>
);

const MOST = 100;

const Services = ({ services }: { readonly services: readonly ServiceState[] }): ReactNode => {
  const { t } = useTranslation();
  const { number, ago } = useFormat();
  const counted = (count: number | undefined): string =>
    count === undefined ? '–' : count < MOST ? number(count) : `${number(MOST - 1)}+`;
  return (
    <Panel title={t('system.services')}>
      <div style={{ overflowX: 'auto' }} tabIndex={0} role="group" aria-label={t('system.services')}>
        <table className="table lines" aria-label={t('system.services')}>
          <thead>
            <tr>
              <Th>{t('system.service')}</Th>
              <Th>{t('system.state')}</Th>
              <Th ta="right" pl="sm">
                {t('system.outbox')}
              </Th>
              <Th ta="right" pl="sm">
                {t('system.lag')}
              </Th>
              <Th ta="right" pl="sm">
                {t('system.letters')}
              </Th>
              <Th ta="right" pl="sm">
                {t('system.tasks')}
              </Th>
            </tr>
          </thead>
          <tbody>
            {services.map(({ service, ready, operations }) => (
              <tr key={service}>
                <Td>{service}</Td>
                <Td>
                  <Badge color={ready ? 'teal' : 'red'}>
                    {ready ? t('system.ready') : t('system.notReady')}
                  </Badge>
                </Td>
                <Td ta="right" pl="sm">
                  {operations === undefined ? '–' : number(operations.outbox_events)}
                  {operations?.oldest_event_at !== undefined && (
                    <Text size="xs" c="dimmed">
                      {ago(operations.oldest_event_at)}
                    </Text>
                  )}
                </Td>
                <Td ta="right" pl="sm">
                  {operations === undefined
                    ? '–'
                    : number(operations.consumers.reduce((sum, { lag }) => sum + lag, 0))}
                </Td>
                <Td ta="right" pl="sm">
                  {counted(operations?.dead_letters)}
                </Td>
                <Td ta="right" pl="sm">
                  {counted(operations?.failing_tasks)}
                </Td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
};

const FindSaga = (): ReactNode => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isWrong, setWrong] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const orderId = uuidOf(textIn(event.currentTarget, 'order').trim());
    setWrong(orderId === undefined);
    if (orderId !== undefined) void navigate({ to: '/system/orders/$orderId', params: { orderId } });
  };
  return (
    <Panel title={t('system.saga.find')}>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="xs">
          <TextInput
            name="order"
            label={t('system.saga.orderId')}
            maxLength={40}
            style={{ flex: '1 1 280px', maxWidth: 400 }}
            {...(isWrong ? { error: t('system.saga.noId') } : {})}
          />
          <Button type="submit" variant="default">
            {t('system.saga.open')}
          </Button>
        </Group>
      </form>
    </Panel>
  );
};

export const Route = createLazyRoute('/shell/system')({ component: System });
