import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import type { Status } from './view.ts';

const COLORS: Readonly<Record<Status, string>> = {
  pending: 'gray',
  confirmed: 'blue',
  shipped: 'indigo',
  delivered: 'teal',
  cancelled: 'gray',
  lost: 'red',
  returned: 'orange',
  refunded: 'grape',
};

export const StatusBadge = ({ status }: { readonly status: Status }): ReactNode => {
  const { t } = useTranslation();
  return <Badge color={COLORS[status]}>{t(`order.status.${status}`)}</Badge>;
};

type Order = Schemas['Order'];
export type MoneyState = 'pending' | 'authorized' | 'captured' | 'failed' | 'partly_refunded' | 'refunded';

/** Where the money is: what was paid, less what went back. */
export const moneyStateOf = ({
  payment,
  refunded_total: refunded,
  total_amount: total,
}: Pick<Order, 'payment' | 'refunded_total' | 'total_amount'>): MoneyState => {
  if (refunded <= 0) return payment.status;
  return refunded < total ? 'partly_refunded' : 'refunded';
};

const MONEY_COLORS: Readonly<Record<MoneyState, string>> = {
  pending: 'gray',
  authorized: 'blue',
  captured: 'teal',
  failed: 'red',
  partly_refunded: 'grape',
  refunded: 'grape',
};

export const MoneyBadge = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const state = moneyStateOf(order);
  return (
    <Badge color={MONEY_COLORS[state]} variant="outline">
      {t(`order.money.${state}`)}
    </Badge>
  );
};

export const CaseBadge = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  if (order.open_case === undefined) return null;
  return (
    <Badge color="red" variant="filled">
      {t('order.needsYou')}
    </Badge>
  );
};
