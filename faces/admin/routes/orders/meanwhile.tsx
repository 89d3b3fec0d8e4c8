import { Alert, List, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { useFormat } from '../../shared/use-format.ts';
import { changesSince } from './actions.ts';

interface MeanwhileProps {
  /** The order as it was when the dialog was opened, and as it is. */
  readonly before: Schemas['Order'];
  readonly now: Schemas['Order'];
}

/** Says what others, or the shop itself, did to an order while a dialog was open. */
export const Meanwhile = ({ before, now }: MeanwhileProps): ReactNode => {
  const { t } = useTranslation();
  const { money, moment } = useFormat();
  const changes = changesSince(before, now);
  if (!changes) return null;
  const { status, refunded, entries } = changes;
  return (
    <Alert color="yellow" icon={<IconUsers size={18} />} title={t('meanwhile.title')} role="status">
      <List size="sm" spacing={2}>
        {status && (
          <List.Item>
            {t('orders.status')}: {t(`order.status.${status.before}`)} → {t(`order.status.${status.now}`)}
          </List.Item>
        )}
        {refunded && (
          <List.Item>
            {t('order.refunded')}: {money(refunded.before, now.currency)} →{' '}
            {money(refunded.now, now.currency)}
          </List.Item>
        )}
        {entries.map((entry, index) => (
          <List.Item key={`${entry.at} ${index}`}>
            {entry.detail} ({moment(entry.at)}
            {entry.actor && `, ${t(`actor.${entry.actor.kind}`)}`})
          </List.Item>
        ))}
      </List>
      <Text size="sm" mt={4}>
        {t('meanwhile.text')}
      </Text>
    </Alert>
  );
};
