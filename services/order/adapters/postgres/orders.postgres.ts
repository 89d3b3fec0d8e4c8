import { postgresAggregates, versionBefore } from '#adapters/postgres/aggregates.ts';
import type { Kind } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction, Write } from '#adapters/postgres/unit-of-work.ts';
import type { Change } from '#kernel/process.ts';
import type { OrderEvent } from '../../core/domain/events.ts';
import { replay } from '../../core/domain/evolve.ts';
import { isOnHold, openKindsOf, termsOf, totalOf } from '../../core/domain/listing.ts';
import type { Order } from '../../core/domain/order.ts';
import type { OrderRepository, VersionedOrder } from '../../core/ports/order-tx.ts';

type OrderChange = Change<Order, OrderEvent>;

/** An event in the history of an order; versions start at 1. */
interface Entry {
  readonly orderId: string;
  readonly version: number;
  readonly data: OrderEvent;
}

/** Histories, from which orders are replayed. */
const events = declareTable<Entry>({
  name: 'orders.events',
  key: ['orderId', 'version'],
  columns: { orderId: 'uuid', version: 'integer', data: 'jsonb' },
  derived: {
    type: ['text', ({ data }) => data.type],
    occurred_at: ['timestamptz', ({ data }) => data.at],
  },
});

interface Projection {
  readonly orderId: string;
  readonly version: number;
  readonly document: Order;
}

/** Projections for queries. SQL readers also have the views `order_items` and `order_status_history`. */
const orders = declareTable<Projection>({
  name: 'orders.orders',
  key: ['orderId'],
  columns: { orderId: 'uuid', version: 'integer', document: 'jsonb' },
  derived: {
    user_id: ['uuid', ({ document: { customer } }) => customer.userId ?? null],
    guest_email: [
      'text',
      ({ document: { customer } }) => (customer.userId === undefined ? customer.email : null),
    ],
    cart_id: ['uuid', ({ document }) => document.cartId],
    cart_version: ['integer', ({ document }) => document.cartVersion],
    status: ['text', ({ document }) => document.status],
    currency: ['text', ({ document }) => document.currency],
    total_amount: ['bigint', ({ document }) => document.totalMinor],
    number: ['text', ({ document }) => document.number],
    payment_status: ['text', ({ document }) => document.payment.status],
    total: ['numeric', ({ document }) => totalOf(document)],
    on_hold: ['boolean', ({ document }) => isOnHold(document)],
    open_cases: ['jsonb', ({ document }) => openKindsOf(document)],
    // Older versions of the service leave it behind.
    listed_version: ['integer', ({ version }) => version],
    created_at: ['timestamptz', ({ document }) => document.placedAt],
    updated_at: ['timestamptz', ({ document }) => document.updatedAt],
  },
});

interface Term {
  readonly term: string;
  readonly orderId: string;
}

const terms = declareTable<Term>({
  name: 'orders.terms',
  key: ['term', 'orderId'],
  columns: { term: 'text', orderId: 'uuid' },
});

const addTerms = (listed: readonly Order[]): readonly Write[] =>
  terms.insertMissing(
    listed.flatMap((order) => termsOf(order).map((term) => ({ term, orderId: order.orderId }))),
  );

/** Events after which an order has new terms. */
const hasNewTerms = ({ events: some }: OrderChange): boolean =>
  some.some(({ type }) => type === 'placed' || type === 'shipped');

const project = (changed: readonly VersionedOrder[]): readonly Write[] =>
  orders.upsert(changed.map(({ version, state }) => ({ orderId: state.orderId, version, document: state })));

const write = (changes: readonly OrderChange[]): readonly Write[] => [
  ...events.insert(
    changes.flatMap((change) =>
      change.events.map((data, index) => ({
        orderId: change.id,
        version: versionBefore(change) + index + 1,
        data,
      })),
    ),
  ),
  ...project(changes),
  ...addTerms(changes.filter(hasNewTerms).map(({ state }) => state)),
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
      const history = await events.select(tx, 'where order_id = $1 and version <= $2 order by version', [
        orderId,
        version,
      ]);
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
    ofGuest: async (email, limit) => {
      const rows = await tx.query<{ order_id: string }>(
        'select order_id from orders.orders where guest_email = $1 order by created_at, order_id limit $2',
        [email, limit],
      );
      return rows.map(({ order_id }) => order_id);
    },
    relist: async (limit) => {
      const rows = await tx.execute<{ order_id: string }>(
        `select order_id from orders.orders where listed_version is distinct from version
          order by order_id limit $1 for update skip locked`,
        [limit],
      );
      const found = await readOrders(
        tx,
        rows.map(({ order_id }) => order_id),
      );
      const unlisted = [...found.values()];
      for (const one of [...project(unlisted), ...addTerms(unlisted.map(({ state }) => state))])
        await tx.write(one);
      return unlisted.length;
    },
  };
};

export const readHistory = async (
  sql: Pick<Sql, 'query'>,
  orderId: string,
): Promise<readonly OrderEvent[]> => {
  const history = await events.select(sql, 'where order_id = $1 order by version', [orderId]);
  return history.map(({ data }) => data);
};

/** Existing orders, replayed from their histories. */
export const readOrders = async (
  sql: Pick<Sql, 'query'>,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, VersionedOrder>> => {
  const found = new Map<string, VersionedOrder>();
  if (orderIds.length === 0) return found;
  const entries = await events.select(sql, 'where order_id = any($1::uuid[]) order by order_id, version', [
    orderIds,
  ]);
  for (const [orderId, history] of Map.groupBy(entries, (entry) => entry.orderId)) {
    const order = replay(history.map(({ data }) => data));
    if (order) found.set(orderId, order);
  }
  return found;
};
