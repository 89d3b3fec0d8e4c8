import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import type { Status } from './view.ts';
import './texts.ts';

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

type MoneyState = Schemas['PaymentStatus'] | 'partly_refunded' | 'refunded';

const MONEY_COLORS: Readonly<Record<MoneyState, string>> = {
  pending: 'gray',
  authorized: 'blue',
  captured: 'teal',
  failed: 'red',
  partly_refunded: 'grape',
  refunded: 'grape',
};

interface MoneyBadgeProps {
  readonly payment: Schemas['PaymentStatus'];
  readonly refunded: number;
  readonly total: number;
}

/** Where the money is: what was paid, less what went back. */
export const MoneyBadge = ({ payment, refunded, total }: MoneyBadgeProps): ReactNode => {
  const { t } = useTranslation();
  const state = refunded <= 0 ? payment : refunded < total ? 'partly_refunded' : 'refunded';
  return (
    <Badge color={MONEY_COLORS[state]} variant="outline">
      {t(`order.money.${state}`)}
    </Badge>
  );
};

export const HoldBadge = (): ReactNode => {
  const { t } = useTranslation();
  return <Badge color="yellow">{t('parcel.onHold')}</Badge>;
};

export const CaseBadge = ({ kind }: { readonly kind: Schemas['CaseKind'] }): ReactNode => {
  const { t } = useTranslation();
  return (
    <Badge color="red" variant="filled">
      {t(`case.title_${kind}`)}
    </Badge>
  );
};
