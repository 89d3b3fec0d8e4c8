import { Alert, Button, Text } from '@mantine/core';
import { IconHandStop, IconPlayerPlay, IconTruckDelivery } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api.ts';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import { useFormat } from '../../shared/use-format.ts';
import { actionOf } from './actions.ts';

type Order = Schemas['Order'];

interface ParcelButtonsProps {
  readonly order: Order;
  /** Opens the dialog that asks why. */
  readonly hold: () => void;
}

/** To hold the parcel of an order, to release it, or to dispatch it at once; as the shop allows. */
export const ParcelButtons = ({ order, hold }: ParcelButtonsProps): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const params = { params: { path: { order_id: order.order_id } } };
  const act = useMutation({
    mutationFn: (kind: 'release' | 'ship') =>
      kind === 'release'
        ? api.DELETE('/api/v1/staff/orders/{order_id}/hold', params)
        : api.PUT('/api/v1/staff/orders/{order_id}/dispatch', params),
    onSuccess: (_, kind) => notify({ color: 'teal', message: t(`parcel.${kind}Done`) }),
    onError: (error) => notify({ color: 'red', message: problemText(error, t) }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['orders'] }),
  });
  const does = (kind: 'release' | 'ship'): boolean => act.isPending && act.variables === kind;
  return (
    <>
      {actionOf(order, 'ship') && (
        <Button
          leftSection={<IconTruckDelivery size={16} />}
          loading={does('ship')}
          onClick={() => act.mutate('ship')}
        >
          {t('parcel.ship')}
        </Button>
      )}
      {actionOf(order, 'release') && (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} />}
          loading={does('release')}
          onClick={() => act.mutate('release')}
        >
          {t('parcel.release')}
        </Button>
      )}
      {actionOf(order, 'hold') && (
        <Button variant="default" leftSection={<IconHandStop size={16} />} onClick={hold}>
          {t('parcel.hold')}
        </Button>
      )}
    </>
  );
};

/** That the parcel waits, and why. */
export const HoldNotice = ({ hold }: { readonly hold: NonNullable<Order['hold']> }): ReactNode => {
  const { t } = useTranslation();
  const { ago } = useFormat();
  return (
    <Alert color="yellow" icon={<IconHandStop size={18} />} title={t('parcel.onHold')}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {hold.reason} ({ago(hold.since)})
      </Text>
      {!hold.is_effective && <Text size="sm">{t('parcel.notYet')}</Text>}
    </Alert>
  );
};
