import type { Handlers } from '#adapters/messaging/consumer.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { AnalyticsTx } from '../../core/ports/analytics-tx.ts';
import { rowOf, subjectOf } from '../lake/row-of.ts';

const record = async ({ lake, shoppers }: AnalyticsTx, events: readonly EventEnvelope[]): Promise<void> => {
  const pseudonyms = await shoppers.of([...new Set(events.flatMap((event) => subjectOf(event) ?? []))]);
  await lake.add(events.flatMap((event) => rowOf(event, pseudonyms) ?? []));
};

/** The events of the lake: those with columns in `contracts/lake`. They wait in the unit that marks them as handled. */
export const lakeHandlers: Handlers<AnalyticsTx> = {
  'cart.item_added': record,
  'inventory.availability_changed': record,
  'inventory.stock_changed': record,
  'order.cancelled': record,
  'order.confirmed': record,
  'order.delivered': record,
  'order.placed': record,
  'order.refunded': record,
  'product.created': record,
  'product.deleted': record,
  'product.rated': record,
  'product.updated': record,
  'product.viewed': record,
  'recommendation.clicked': record,
  'recommendation.shown': record,
  'return.received': record,
  'review.approved': record,
  'search.performed': record,
  'visit.advanced': record,
};

/** Where there is no lake, its events pass. */
export const withoutLake: Handlers<AnalyticsTx> = Object.fromEntries(
  Object.keys(lakeHandlers).map((type) => [type, () => Promise.resolve()]),
);
