import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { CartItem } from '../../core/domain/cart.ts';
import type { OrderRecord } from '../../core/domain/ordered.ts';
import type { OrderRecords } from '../../core/ports/cart-tx.ts';

interface OrderRow {
  readonly order_id: string;
  readonly cart_id: string;
  readonly state: OrderRecord['state'];
  readonly lines: readonly CartItem[];
}

export const postgresOrderRecords = (tx: SqlTransaction): OrderRecords => {
  const saved = new Map<string, OrderRecord & { readonly at: Date }>();

  const flush = (): Promise<void> => {
    const records = [...saved.values()].sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
    return tx.write({
      table: 'orders',
      text: UPSERT,
      params: [
        records.map(({ orderId }) => orderId),
        records.map(({ cartId }) => cartId),
        records.map(({ state }) => state),
        records.map(({ taken }) => JSON.stringify(taken)),
        records.map(({ at }) => at),
      ],
      rows: records.length,
    });
  };

  return {
    find: async (orderIds) => {
      const rows = await tx.query<OrderRow>(
        'select order_id, cart_id, state, lines from cart.orders where order_id = any($1::uuid[])',
        [orderIds],
      );
      const stored = rows.map(({ order_id, cart_id, state, lines }): OrderRecord => ({
        orderId: order_id,
        cartId: cart_id,
        state,
        taken: lines,
      }));
      const wanted = new Set(orderIds);
      const mine = [...saved.values()]
        .filter(({ orderId }) => wanted.has(orderId))
        .map(({ at: _, ...record }): OrderRecord => record);
      return new Map([...stored, ...mine].map((record) => [record.orderId, record]));
    },
    save: async (record, now) => {
      if (saved.size === 0) tx.beforeCommit(flush);
      saved.set(record.orderId, { ...record, at: now });
      await Promise.resolve();
    },
  };
};

// A `taken` record can become `returned`; any other state means that another unit was faster.
const UPSERT = `
  insert into cart.orders (order_id, cart_id, state, lines, updated_at)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[], $5::timestamptz[])
  on conflict (order_id) do update
  set state = excluded.state, lines = excluded.lines, updated_at = excluded.updated_at
  where orders.state = 'taken' and excluded.state = 'returned'`;
