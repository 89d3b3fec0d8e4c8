import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, isRefusal, type Schemas } from '../../api.ts';
import { download } from '../../shared/download.ts';
import { notify } from '../../shared/notify.ts';
import { Fact, Panel } from '../../shared/page.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { saveSlips } from './documents.ts';
import { shipmentsQuery } from './orders-query.ts';
import { SaveButton } from '../../shared/save-button.tsx';

type Order = Schemas['Order'];

export const Shipments = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const { day, moment } = useFormat();
  const query = useQuery(shipmentsQuery(order.order_id));
  return (
    <Panel
      title={t('order.shipments')}
      aside={
        <Group gap="xs">
          <SaveButton label={t('order.slip')} save={() => saveSlips([order])} />
          {query.data?.some(({ tracking_number: number }) => number !== undefined) && (
            <LabelButton order={order} />
          )}
        </Group>
      }
    >
      <Shown query={query} skeleton={<Text size="sm">…</Text>}>
        {(shipments) =>
          shipments.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('order.noShipment')}
            </Text>
          ) : (
            <Stack gap="md">
              {shipments.map((shipment) => (
                <Stack key={shipment.shipment_id} gap={6}>
                  <Group gap="xl">
                    <Fact label={t('order.carrier')}>
                      {shipment.carrier} {shipment.service}
                    </Fact>
                    <Fact label={t('order.parcel')}>{t(`shipment.${shipment.status}`)}</Fact>
                    {shipment.tracking_number !== undefined && (
                      <Fact label={t('order.tracking')}>
                        <span className="mono">{shipment.tracking_number}</span>
                      </Fact>
                    )}
                    {shipment.estimated_delivery !== undefined && (
                      <Fact label={t('order.estimated')}>{day(shipment.estimated_delivery)}</Fact>
                    )}
                  </Group>
                  {shipment.history.slice(-1).map((entry) => (
                    <Text key={entry.occurred_at} size="xs" c="dimmed">
                      {entry.description} · {moment(entry.occurred_at)}
                    </Text>
                  ))}
                </Stack>
              ))}
            </Stack>
          )
        }
      </Shown>
    </Panel>
  );
};

/** The label comes with the session of this page, which a link to a new tab would not have. */
const LabelButton = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const print = async (): Promise<void> => {
    setBusy(true);
    try {
      const { data, response } = await api.GET('/api/v1/shipments/{order_id}/label', {
        params: { path: { order_id: order.order_id } },
        parseAs: 'blob',
      });
      const file = new Blob([data ?? '']);
      download(
        file,
        `label-${order.number}.${response.headers.get('content-type')?.includes('zpl') ? 'zpl' : 'pdf'}`,
      );
    } catch (error) {
      notify({
        color: 'red',
        message: isRefusal(error, 'LABEL_NOT_FOUND') ? t('order.noLabel') : problemText(error, t),
      });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconPrinter size={14} />}
      loading={isBusy}
      onClick={() => void print()}
    >
      {t('order.label')}
    </Button>
  );
};
