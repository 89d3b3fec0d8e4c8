import { postgresRecords } from '#adapters/postgres/records.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { OrderRecord } from '../../core/domain/ordered.ts';
import type { OrderRecords } from '../../core/ports/cart-tx.ts';

type StoredRecord = OrderRecord & { readonly updatedAt: Date };

const orders = declareTable<StoredRecord>({
  name: 'cart.orders',
  key: ['orderId'],
  columns: {
    orderId: 'uuid',
    cartId: 'uuid',
    state: 'text',
    taken: ['jsonb', 'lines'],
    updatedAt: 'timestamptz',
  },
});

// A `taken` record can become `returned`; any other state means that another unit was faster.
const IS_RETURN = `orders.state = 'taken' and excluded.state = 'returned'`;

/** The version is the number of states so far. */
const versioned = (record: StoredRecord) => ({ record, version: record.state === 'returned' ? 2 : 1 });

export const postgresOrderRecords = (tx: SqlTransaction): OrderRecords => {
  const records = postgresRecords<ReturnType<typeof versioned>>(
    tx,
    { kind: 'order records' },
    {
      find: async (sql, orderIds) =>
        new Map([...(await orders.find(sql, orderIds))].map(([id, record]) => [id, versioned(record)])),
      save: (changes) =>
        orders.upsert(
          changes.map(({ record }) => record.record),
          { changing: ['state', 'lines', 'updated_at'], where: IS_RETURN },
        ),
    },
  );
  return {
    find: async (orderIds) => {
      const found = await records.find(orderIds);
      return new Map(
        [...found].map(
          ([
            id,
            {
              record: { updatedAt: _, ...record },
            },
          ]) => [id, record],
        ),
      );
    },
    save: (record, updatedAt) => {
      const next = versioned({ ...record, updatedAt });
      return records.save(record.orderId, next, next.version - 1);
    },
  };
};
