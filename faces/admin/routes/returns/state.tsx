import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReturnState } from './view.ts';
import './texts.ts';

const COLORS: Readonly<Record<ReturnState, string>> = {
  requested: 'orange',
  approved: 'blue',
  received: 'orange',
  inspected: 'orange',
  awaiting_payment: 'blue',
  refunding: 'grape',
  refunded: 'grape',
  exchanging: 'teal',
  exchanged: 'teal',
  rejected: 'gray',
  cancelled: 'gray',
};

export const ReturnBadge = ({ state }: { readonly state: ReturnState }): ReactNode => {
  const { t } = useTranslation();
  return <Badge color={COLORS[state]}>{t(`returns.state.${state}`)}</Badge>;
};
