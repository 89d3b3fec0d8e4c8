import { recallFrom } from '#adapters/postgres/recall.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Versioned } from '#kernel/process.ts';
import type { CartItem } from '../../core/domain/cart.ts';
import type { OrderRecord } from '../../core/domain/ordered.ts';
import type { OrderRecords } from '../../core/ports/cart-tx.ts';

/** The version is the number of states so far; the database allows a second one only from `taken` to `returned`. */
const versioned = (state: OrderRecord): Versioned<OrderRecord> => ({
  state,
  version: state.state === 'returned' ? 2 : 1,
});

export const postgresOrderRecords = (tx: SqlTransaction): OrderRecords => {
  const recalled = recallFrom<Versioned<OrderRecord>>(tx, { kind: 'order records' });
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
      const found = await recalled.find(orderIds, (unknown) => readRecords(tx, unknown));
      return new Map([...found].map(([orderId, { state }]) => [orderId, state]));
    },
    save: async (record, now) => {
      if (saved.size === 0) tx.beforeCommit(flush);
      saved.set(record.orderId, { ...record, at: now });
      recalled.saved(record.orderId, versioned(record));
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

interface RecordRow {
  readonly order_id: string;
  readonly cart_id: string;
  readonly state: OrderRecord['state'];
  readonly lines: readonly CartItem[];
}

const readRecords = async (
  sql: Pick<SqlTransaction, 'query'>,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, Versioned<OrderRecord>>> => {
  const rows = await sql.query<RecordRow>(
    'select order_id, cart_id, state, lines from cart.orders where order_id = any($1::uuid[])',
    [orderIds],
  );
  return new Map(
    rows.map(({ order_id: orderId, cart_id: cartId, state, lines: taken }) => [
      orderId,
      versioned({ orderId, cartId, state, taken }),
    ]),
  );
};
