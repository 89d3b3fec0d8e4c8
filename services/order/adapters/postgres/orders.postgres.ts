import { postgresAggregates, versionBefore } from '#adapters/postgres/aggregates.ts';
import type { Kind } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/written-table.ts';
import type { SqlTransaction, Write } from '#adapters/postgres/unit-of-work.ts';
import type { Change } from '#kernel/process.ts';
import type { OrderEvent } from '../../core/domain/events.ts';
import { replay } from '../../core/domain/evolve.ts';
import type { Order } from '../../core/domain/order.ts';
import type { OrderRepository, VersionedOrder } from '../../core/ports/order-tx.ts';

type OrderChange = Change<Order, OrderEvent>;

/** An event in the history of an order; numbers start at 1. */
interface Entry {
  readonly orderId: string;
  readonly number: number;
  readonly event: OrderEvent;
}

/** Histories, from which orders are replayed. */
const events = declareTable<Entry>(
  {
    name: 'orders.events',
    columns: {
      order_id: ['uuid', ({ orderId }) => orderId],
      version: ['int', ({ number }) => number],
      type: ['text', ({ event }) => event.type],
      data: ['jsonb', ({ event }) => event],
      occurred_at: ['timestamptz', ({ event }) => event.at],
    },
  },
  'order_id',
);

/** Projections for queries. SQL readers also have the views `order_items` and `order_status_history`. */
const orders = declareTable<OrderChange>(
  {
    name: 'orders.orders',
    columns: {
      order_id: ['uuid', ({ id }) => id],
      version: ['int', ({ version }) => version],
      user_id: ['uuid', ({ state }) => state.customer.userId],
      cart_id: ['uuid', ({ state }) => state.cartId],
      cart_version: ['int', ({ state }) => state.cartVersion],
      status: ['text', ({ state }) => state.status],
      currency: ['text', ({ state }) => state.currency],
      total_amount: ['bigint', ({ state }) => state.totalMinor],
      document: ['jsonb', ({ state }) => state],
      created_at: ['timestamptz', ({ state }) => state.placedAt],
      updated_at: ['timestamptz', ({ state }) => state.updatedAt],
    },
  },
  'order_id',
);

const write = (changes: readonly OrderChange[]): readonly Write[] => [
  ...events.insertNew(
    changes.flatMap((change) =>
      change.events.map((event, index) => ({
        orderId: change.id,
        number: versionBefore(change) + index + 1,
        event,
      })),
    ),
  ),
  ...orders.upsert(changes, ['version', 'status', 'document', 'updated_at']),
];

const cartKey = (cartId: string, cartVersion: number): string => `${cartId} ${cartVersion}`;

/** Orders in the memory of the process. */
export const ORDERS: Kind<VersionedOrder> = { kind: 'orders' };

export const postgresOrderRepository = (
  tx: SqlTransaction,
  onChange: (orders: readonly VersionedOrder[]) => void,
): OrderRepository => {
  const aggregates = postgresAggregates<Order, OrderEvent>(tx, ORDERS, { read: readOrders, write });
  const placed = new Set<string>();
  return {
    ...aggregates,
    save: async (...changes) => {
      for (const { state } of changes) placed.add(cartKey(state.cartId, state.cartVersion));
      await aggregates.save(...changes);
      tx.onCommit(() => {
        onChange(changes);
      });
    },
    at: async (orderId, version) => {
      const history = await tx.query<{ data: OrderEvent }>(
        'select data from orders.events where order_id = $1 and version <= $2 order by version',
        [orderId, version],
      );
      return history.length === version ? replay(history.map(({ data }) => data)) : undefined;
    },
    // The unique key refuses a second order; the unit then runs again, with the look.
    ofCart: async (cartId, cartVersion) => {
      if (tx.mayAssumeIf(() => placed.has(cartKey(cartId, cartVersion)))) return undefined;
      const [row] = await tx.query<{ order_id: string }>(
        'select order_id from orders.orders where cart_id = $1 and cart_version = $2',
        [cartId, cartVersion],
      );
      return row?.order_id;
    },
  };
};

/** Existing orders, replayed from their histories. */
export const readOrders = async (
  sql: Pick<Sql, 'query'>,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, VersionedOrder>> => {
  const found = new Map<string, VersionedOrder>();
  if (orderIds.length === 0) return found;
  const rows = await sql.query<{ order_id: string; data: OrderEvent }>(
    'select order_id, data from orders.events where order_id = any($1::uuid[]) order by order_id, version',
    [orderIds],
  );
  for (const [orderId, history] of Map.groupBy(rows, ({ order_id }) => order_id)) {
    const order = replay(history.map(({ data }) => data));
    if (order) found.set(orderId, order);
  }
  return found;
};
