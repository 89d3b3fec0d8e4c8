import type { SqlTransaction, Write } from '#adapters/postgres/unit-of-work.ts';
import type { OrderEvent } from '../../core/domain/events.ts';
import type { Change, OrderRepository, VersionedOrder } from '../../core/ports/order-tx.ts';
import { tell } from '../tell.ts';
import { tellAll } from './histories.postgres.ts';

/** Keeps changes until the commit and writes them all, histories and projections, with one statement each. */
export const postgresOrderRepository = (
  tx: SqlTransaction,
  onChange: (orders: readonly VersionedOrder[]) => void,
): OrderRepository => {
  const changes: Change[] = [];
  /** What this unit has changed and not yet written. */
  const pending = new Map<string, VersionedOrder>();

  const flush = async (): Promise<void> => {
    // Two units that change the same orders must not wait for each other.
    const sorted = changes.toSorted(byOrder);
    for (const write of [
      insertEvents(sorted),
      upsertOrders(sorted),
      insertItems(sorted),
      insertTimeline(sorted),
    ])
      if (write) await tx.write(write);
    tx.onCommit(() => {
      onChange([...pending.values()]);
    });
  };

  return {
    load: async (orderIds) => {
      const orders = new Map(await tellAll(tx, orderIds));
      for (const orderId of orders.keys()) {
        const changed = pending.get(orderId);
        if (changed) orders.set(orderId, changed);
      }
      return orders;
    },
    at: async (orderId, version) => {
      const history = await tx.query<{ data: OrderEvent }>(
        'select data from orders.events where order_id = $1 and version <= $2 order by version',
        [orderId, version],
      );
      return history.length === version ? tell(history.map(({ data }) => data)) : undefined;
    },
    ofCart: async (cartId, cartVersion) => {
      const [row] = await tx.query<{ order_id: string }>(
        'select order_id from orders.orders where cart_id = $1 and cart_version = $2',
        [cartId, cartVersion],
      );
      return row?.order_id;
    },
    append: (change) => {
      if (changes.length === 0) tx.beforeCommit(flush);
      changes.push(change);
      const { order, version, events } = change;
      pending.set(order.orderId, { order, version: version + events.length });
    },
  };
};

/** Changes of one order stay in their order. */
const byOrder = ({ order: a }: Change, { order: b }: Change): number =>
  a.orderId === b.orderId ? 0 : a.orderId < b.orderId ? -1 : 1;

const insertEvents = (changes: readonly Change[]): Write => {
  const rows = changes.flatMap(({ order: { orderId }, version, events }) =>
    events.map((event, index) => ({ orderId, version: version + index + 1, event })),
  );
  return {
    table: 'events',
    text: `insert into orders.events (order_id, version, type, data, occurred_at)
           select * from unnest($1::uuid[], $2::int[], $3::text[], $4::jsonb[], $5::timestamptz[])
           on conflict do nothing`,
    params: [
      rows.map(({ orderId }) => orderId),
      rows.map(({ version }) => version),
      rows.map(({ event }) => event.type),
      rows.map(({ event }) => JSON.stringify(event)),
      rows.map(({ event }) => event.at),
    ],
    rows: rows.length,
  };
};

const upsertOrders = (changes: readonly Change[]): Write => {
  const latest = [...new Map(changes.map((change) => [change.order.orderId, change])).values()];
  const orders = latest.map(({ order }) => order);
  return {
    table: 'orders',
    text: `insert into orders.orders (order_id, version, user_id, cart_id, cart_version, status, currency,
             total_amount, document, created_at, updated_at)
           select * from unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[],
             $8::bigint[], $9::jsonb[], $10::timestamptz[], $11::timestamptz[])
           on conflict (order_id) do update set version = excluded.version, status = excluded.status,
             document = excluded.document, updated_at = excluded.updated_at`,
    params: [
      orders.map(({ orderId }) => orderId),
      latest.map(({ version, events }) => version + events.length),
      orders.map(({ customer }) => customer.userId),
      orders.map(({ cartId }) => cartId),
      orders.map(({ cartVersion }) => cartVersion),
      orders.map(({ status }) => status),
      orders.map(({ currency }) => currency),
      orders.map(({ totalMinor }) => totalMinor),
      orders.map((order) => JSON.stringify(order)),
      orders.map(({ placedAt }) => placedAt),
      orders.map(({ updatedAt }) => updatedAt),
    ],
  };
};

const insertItems = (changes: readonly Change[]): Write | undefined => {
  const rows = changes
    .filter(({ version }) => version === 0)
    .flatMap(({ order }) =>
      order.lines.map((line, index) => ({ ...line, orderId: order.orderId, lineNo: index + 1 })),
    );
  if (rows.length === 0) return undefined;
  return {
    table: 'order_items',
    text: `insert into orders.order_items (order_id, line_no, product_id, variant_id, sku, name, quantity, price, tax)
           select * from unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::int[],
             $8::bigint[], $9::bigint[])`,
    params: [
      rows.map(({ orderId }) => orderId),
      rows.map(({ lineNo }) => lineNo),
      rows.map(({ productId }) => productId),
      rows.map(({ variantId }) => variantId),
      rows.map(({ sku }) => sku),
      rows.map(({ name }) => name),
      rows.map(({ quantity }) => quantity),
      rows.map(({ priceMinor }) => priceMinor),
      rows.map(({ taxMinor }) => taxMinor),
    ],
  };
};

const insertTimeline = (changes: readonly Change[]): Write => {
  // Each event leaves one entry, so a change's entries are the last of its order's timeline.
  const rows = changes.flatMap(({ order: { orderId, timeline }, events }) => {
    const first = timeline.length - events.length;
    return timeline.slice(first).map((entry, index) => ({ ...entry, orderId, seq: first + index + 1 }));
  });
  return {
    table: 'order_status_history',
    text: `insert into orders.order_status_history (order_id, seq, status, detail, at)
           select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::timestamptz[])`,
    params: [
      rows.map(({ orderId }) => orderId),
      rows.map(({ seq }) => seq),
      rows.map(({ status }) => status),
      rows.map(({ detail }) => detail),
      rows.map(({ at }) => at),
    ],
  };
};
