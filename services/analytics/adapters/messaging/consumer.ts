import { z } from 'zod';
import type { BatchHandler, Handlers } from '#adapters/messaging/consumer.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { moneyOf } from '#kernel/money.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Fact } from '../../core/domain/fact.ts';
import type { AnalyticsTx } from '../../core/ports/analytics-tx.ts';
import type { Warehouse } from '../../core/ports/warehouse.ts';

/** What is counted of an event. All else in it, such as names, addresses and tokens, ends here. */
type FactOf<T extends EventType> = (event: EventEnvelope<T>, shoppers: Pseudonyms) => Fact | undefined;
type Facts = { readonly [T in EventType]?: FactOf<T> };
/** By user. */
type Pseudonyms = ReadonlyMap<string, string>;

const Placed = z.object({ order_id: z.uuid(), customer: z.object({ user_id: z.uuid() }) });

/** Whose order was placed; undefined for a guest's, which names itself as its user, and for other events. */
const buyerOf = ({ event_type, payload }: EventEnvelope): string | undefined => {
  const { data } = event_type === 'order.placed' ? Placed.safeParse(payload) : {};
  return data?.customer.user_id === data?.order_id ? undefined : data?.customer.user_id;
};
const buyersIn = (events: readonly EventEnvelope[]): readonly string[] => [
  ...new Set(events.flatMap((event) => buyerOf(event) ?? [])),
];

const minor = (decimal: number, currency: string): number => moneyOf(decimal, currency).minor;

const FACTS = {
  'order.placed': (event, shoppers) => {
    const { event_id: factId, payload } = event;
    const { currency, items } = payload;
    const totalMinor = minor(payload.total_amount, currency);
    if (totalMinor === 0) return undefined;
    const placed = {
      factId,
      at: new Date(payload.placed_at),
      orderId: payload.order_id,
      currency,
      totalMinor,
      taxMinor: minor(payload.tax_total, currency),
    };
    if (payload.exchange_for) return { kind: 'surcharge', ...placed };
    const lines = items.map(({ product_id, variant_id, quantity, total }) => ({
      productId: product_id,
      variantId: variant_id,
      quantity,
      totalMinor: minor(total, currency),
    }));
    return {
      kind: 'order',
      ...placed,
      shopper: shoppers.get(buyerOf(event) ?? ''),
      shippingMinor: totalMinor - lines.reduce((sum, line) => sum + line.totalMinor, 0),
      lines,
    };
  },
  'order.cancelled': ({ event_id: factId, payload }) => ({
    kind: 'cancellation',
    factId,
    at: new Date(payload.cancelled_at),
    orderId: payload.order_id,
  }),
  'order.refunded': ({ event_id: factId, payload: { order_id, amount, currency, refunded_at } }) => ({
    kind: 'refund',
    factId,
    at: new Date(refunded_at),
    orderId: order_id,
    currency,
    amountMinor: minor(amount, currency),
  }),
  'order.confirmed': ({ event_id: factId, payload: { order_id, confirmed_at } }) => ({
    kind: 'confirmation',
    factId,
    at: new Date(confirmed_at),
    orderId: order_id,
  }),
  'inventory.stock_changed': ({ event_id: factId, payload }) => ({
    kind: 'count',
    factId,
    at: new Date(payload.changed_at),
    sku: payload.sku,
    productId: payload.product_id,
    variantId: payload.variant_id,
    version: payload.version,
    onHand: payload.on_hand,
  }),
  'product.viewed': ({
    event_id: factId,
    payload: { product_id, views, viewed_at, session_id, source },
  }) => ({
    kind: 'views',
    factId,
    at: new Date(viewed_at),
    productId: product_id,
    views,
    sessionId: session_id,
    source: source?.kind,
  }),
  'search.performed': ({ event_id: factId, payload: { session_id, query, hits, searched_at } }) => ({
    kind: 'search',
    factId,
    at: new Date(searched_at),
    sessionId: session_id,
    term: query,
    hits,
  }),
  'visit.advanced': ({ event_id: factId, payload: { session_id, step, order_id, advanced_at } }) => ({
    kind: 'step',
    factId,
    at: new Date(advanced_at),
    sessionId: session_id,
    step,
    orderId: order_id,
  }),
} as const satisfies Facts;

/** Adds what events say to the warehouse before the events count as handled. After a crash in between they come again, and change nothing. */
export const makeEventHandlers = (warehouse: Warehouse): Handlers<AnalyticsTx> => {
  const add =
    <T extends EventType>(factOf: FactOf<T>): BatchHandler<AnalyticsTx, T> =>
    async ({ shoppers }, events) => {
      const buyers = buyersIn(events);
      const pseudonyms: Pseudonyms = buyers.length === 0 ? new Map() : await shoppers.known(buyers);
      await warehouse.append(events.flatMap((event) => factOf(event, pseudonyms) ?? []));
    };
  return {
    'order.placed': add(FACTS['order.placed']),
    'order.cancelled': add(FACTS['order.cancelled']),
    'order.refunded': add(FACTS['order.refunded']),
    'order.confirmed': add(FACTS['order.confirmed']),
    'inventory.stock_changed': add(FACTS['inventory.stock_changed']),
    'product.viewed': add(FACTS['product.viewed']),
    'search.performed': add(FACTS['search.performed']),
    'visit.advanced': add(FACTS['visit.advanced']),
  };
};

/**
 * Facts outlive a unit of work that fails. So that an order keeps its customer when its event comes again, pseudonyms are kept before, in
 * a unit of their own.
 */
export const withPseudonyms = (
  consumer: Subscription,
  unitOfWork: UnitOfWork<AnalyticsTx>,
): Subscription => ({
  ...consumer,
  handle: async (batch, delivery) => {
    const buyers = buyersIn(batch);
    if (buyers.length > 0) await unitOfWork.run(({ shoppers }) => shoppers.of(buyers));
    await consumer.handle(batch, delivery);
  },
});
