import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Delivery, Endpoint } from './webhooks-query.ts';

export const EndpointState = ({ endpoint }: { readonly endpoint: Endpoint }): ReactNode => {
  const { t } = useTranslation();
  if (!endpoint.is_enabled) return <Badge color="red">{t('webhooks.state.disabled')}</Badge>;
  if (endpoint.failing_since !== undefined)
    return <Badge color="yellow">{t('webhooks.state.failing')}</Badge>;
  return <Badge color="teal">{t('webhooks.state.enabled')}</Badge>;
};

const COLORS = { pending: 'blue', delivered: 'teal', failed: 'red' } as const;

export const DeliveryState = ({ status }: Pick<Delivery, 'status'>): ReactNode => {
  const { t } = useTranslation();
  return <Badge color={COLORS[status]}>{t(`webhooks.delivery.${status}`)}</Badge>;
};
