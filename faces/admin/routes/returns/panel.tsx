import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../shared/page.tsx';
import { Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { saveReturnLabel } from '../orders/documents.ts';
import { SaveButton } from '../../shared/save-button.tsx';
import { returnsOfOrderQuery, type Return, type ReturnAct } from './returns-query.ts';
import { ReturnBadge } from './state.tsx';
import './texts.ts';

const ReturnDialog = lazy(() => import('./dialog.tsx'));

/** The next step first; the others are less usual. */
const ORDER: readonly ReturnAct[] = [
  'approve',
  'receive',
  'inspect',
  'refund',
  'exchange',
  'reject',
  'cancel',
];

interface PanelProps {
  readonly orderId: string;
}

/** The returns of an order, with what staff can do about them; nothing if there are none. */
export const Returns = ({ orderId }: PanelProps): ReactNode => {
  const { t } = useTranslation();
  const query = useQuery(returnsOfOrderQuery(orderId));
  const [dialog, setDialog] = useState<{ readonly act: ReturnAct; readonly one: Return }>();
  if (query.data?.length === 0) return null;
  return (
    <Panel title={t('returns.title')}>
      <Shown query={query} skeleton={<Text size="sm">…</Text>}>
        {(returns) => (
          <Stack gap="lg">
            {returns.map((one) => (
              <OneReturn key={one.return_id} one={one} open={(act) => setDialog({ act, one })} />
            ))}
          </Stack>
        )}
      </Shown>
      {dialog && (
        <Suspense>
          <ReturnDialog {...dialog} close={() => setDialog(undefined)} />
        </Suspense>
      )}
    </Panel>
  );
};

interface OneReturnProps {
  readonly one: Return;
  readonly open: (act: ReturnAct) => void;
}

const OneReturn = ({ one, open }: OneReturnProps): ReactNode => {
  const { t } = useTranslation();
  const { money, moment } = useFormat();
  const acts = ORDER.filter((act) => one.acts.includes(act));
  const { exchange } = one;
  return (
    <Stack gap={6} role="group" aria-label={t('returns.one', { number: one.number })}>
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <Text size="sm" fw={600} className="mono">
            {one.number}
          </Text>
          <ReturnBadge state={one.state} />
        </Group>
        <Text size="xs" c="dimmed">
          {moment(one.requested_at)}
        </Text>
      </Group>
      {one.lines.map((line) => (
        <Stack key={line.variant_id} gap={0}>
          <Text size="sm">
            {line.quantity} × {line.name}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`returns.reason.${line.reason}`)}
            {line.received_quantity !== undefined &&
              ` · ${t('returns.received', { count: line.received_quantity })}`}
            {line.condition !== undefined && ` (${t(`returns.condition.${line.condition}`)})`}
            {line.restocked_quantity !== undefined &&
              ` · ${t('returns.restocked', { count: line.restocked_quantity })}`}
          </Text>
        </Stack>
      ))}
      {one.comment !== undefined && (
        <Text size="sm" fs="italic" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
          “{one.comment}”
        </Text>
      )}
      {one.rejection_reason !== undefined && (
        <Text size="sm">
          {t('returns.rejectedBecause')}: {one.rejection_reason}
        </Text>
      )}
      {one.refund_amount !== undefined && one.currency !== undefined && (
        <Text size="sm">
          {t('returns.refund')}: {money(one.refund_amount, one.currency)}
        </Text>
      )}
      {one.exchange_offer && (
        <Text size="sm">
          {t('returns.waitsForPayment', {
            amount: money(one.exchange_offer.due, one.exchange_offer.currency),
            goods: one.exchange_offer.lines.map(({ name }) => name).join(', '),
            until: moment(one.exchange_offer.until),
          })}
        </Text>
      )}
      {exchange?.difference_refund !== undefined && exchange.failure === undefined && (
        <Text size="sm">
          {t('returns.givenBack', { amount: money(exchange.difference_refund, exchange.currency) })}
        </Text>
      )}
      {exchange?.waived_amount !== undefined && (
        <Text size="sm">
          {t('returns.waived', { amount: money(exchange.waived_amount, exchange.currency) })}
        </Text>
      )}
      {exchange && (
        <Text size="sm">
          {exchange.failure === undefined
            ? `${t('returns.exchangeOrder')}: `
            : `${t('returns.exchangeFailed', { why: exchange.failure })} `}
          <Anchor
            size="sm"
            underline="always"
            renderRoot={(props) => (
              <Link to="/orders/$orderId" params={{ orderId: exchange.order_id }} {...props} />
            )}
          >
            {t('returns.exchangeOrderOpen')}
          </Anchor>
        </Text>
      )}
      {(acts.length > 0 || one.state === 'approved') && (
        <Group gap="xs" mt={4}>
          {acts.map((act, index) => (
            <Button
              key={act}
              size="compact-sm"
              variant={index === 0 ? 'filled' : 'default'}
              onClick={() => open(act)}
            >
              {t(`returns.act.${act}`)}
            </Button>
          ))}
          {one.state === 'approved' && (
            <SaveButton label={t('returns.label')} about={one.number} save={() => saveReturnLabel(one)} />
          )}
        </Group>
      )}
    </Stack>
  );
};
