import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, auditReason, type Schemas } from '../../api.ts';
import { useMay } from '../../session.ts';
import { Drawer } from '../../shared/modal.tsx';
import { ActDialog } from '../../shared/act-dialog.tsx';
import { RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { DeliveryState } from './state.tsx';
import { deliveryQuery, WEBHOOKS } from './webhooks-query.ts';

interface DeliveryDrawerProps {
  readonly endpointId: string;
  readonly deliveryId: string;
  readonly close: () => void;
}

const pretty = (json: string): string => {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
};

/** What an endpoint was sent, and what came back. */
const DeliveryDrawer = ({ endpointId, deliveryId, close }: DeliveryDrawerProps): ReactNode => {
  const { t } = useTranslation();
  const may = useMay();
  const [isReplay, setReplay] = useState(false);
  const query = useQuery(deliveryQuery(endpointId, deliveryId));
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      title={query.data?.delivery.event_type ?? t('webhooks.deliveries')}
      closeButtonProps={{ 'aria-label': t('act.close') }}
      styles={{
        content: { background: 'var(--shop-surface)' },
        header: { background: 'var(--shop-surface)' },
        title: { fontWeight: 650 },
      }}
    >
      <Shown query={query} skeleton={<RowsSkeleton rows={4} />}>
        {({ delivery, body }) => (
          <Stack gap="md">
            <Group justify="space-between">
              <DeliveryState status={delivery.status} />
              {may('webhook:write') && delivery.status !== 'pending' && (
                <Button size="compact-sm" onClick={() => setReplay(true)}>
                  {t('webhooks.replay.open')}
                </Button>
              )}
            </Group>
            <Text size="xs" c="dimmed" className="mono">
              {delivery.delivery_id}
            </Text>
            <Attempts delivery={delivery} />
            <Title order={3} size="h5">
              {t('webhooks.message')}
            </Title>
            <pre
              className="mono"
              tabIndex={0}
              role="group"
              aria-label={t('webhooks.message')}
              style={{ margin: 0, overflow: 'auto', fontSize: 12 }}
            >
              {pretty(body)}
            </pre>
          </Stack>
        )}
      </Shown>
      {isReplay && (
        <ActDialog
          title={t('webhooks.replay.open')}
          text={t('webhooks.replay.text')}
          submitLabel={t('webhooks.replay.open')}
          done={t('webhooks.replay.done')}
          close={() => setReplay(false)}
          changes={WEBHOOKS}
          send={(reason) =>
            api.POST('/api/v1/webhook-endpoints/{endpoint_id}/deliveries/{delivery_id}/replay', {
              params: {
                path: { endpoint_id: endpointId, delivery_id: deliveryId },
                header: auditReason(reason),
              },
            })
          }
        />
      )}
    </Drawer>
  );
};

const Attempts = ({ delivery }: { readonly delivery: Schemas['WebhookDelivery'] }): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('webhooks.attempts')}
      </Title>
      {delivery.attempts.length === 0 && <Text size="sm">{t('webhooks.noAttempts')}</Text>}
      {delivery.attempts.toReversed().map((attempt) => (
        <Stack key={attempt.attempted_at} gap={0}>
          <Text size="sm">
            {moment(attempt.attempted_at)} · {attempt.status_code ?? attempt.error} · {attempt.duration_ms} ms
          </Text>
          {attempt.answer !== undefined && attempt.answer !== '' && (
            <Text size="xs" c="dimmed" className="mono" style={{ overflowWrap: 'anywhere' }}>
              {attempt.answer}
            </Text>
          )}
        </Stack>
      ))}
      {delivery.next_attempt_at !== undefined && (
        <Text size="xs" c="dimmed">
          {t('system.next', { at: moment(delivery.next_attempt_at) })}
        </Text>
      )}
    </Stack>
  );
};

export default DeliveryDrawer;
