import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Payment, Tombstone } from '../../core/domain/payment.ts';
import type { PaymentRepository } from '../../core/ports/payment-tx.ts';
import { COLUMNS, fromRow, valuesOf, type PaymentRow } from './payment-row.ts';

/** Reads without a lock; what a unit has saved goes out in one statement, guarded by the versions it had found. */
export const postgresPaymentRepository = (tx: SqlTransaction): PaymentRepository => {
  /** Version in the store: 0 for what is not there. */
  const found = new Map<string, number>();
  const saved = new Map<string, Payment | Tombstone>();

  const flush = async (): Promise<void> => {
    const sorted = [...saved.values()].sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
    const isNew = ({ orderId }: Payment | Tombstone): boolean => (found.get(orderId) ?? 0) === 0;
    const inserts = sorted.filter(isNew);
    const updates = sorted.filter((payment) => !isNew(payment));
    if (inserts.length > 0)
      await tx.write({ table: 'payments', text: INSERT, params: columnsOf(inserts), rows: inserts.length });
    if (updates.length > 0) {
      const versions = updates.map(({ orderId }) => found.get(orderId));
      await tx.write({
        table: 'payments',
        text: UPDATE,
        params: [...columnsOf(updates), versions],
        rows: updates.length,
      });
    }
  };

  return {
    find: async (orderIds) => {
      const unseen = orderIds.filter((orderId) => !saved.has(orderId));
      const rows =
        unseen.length === 0
          ? []
          : await tx.query<PaymentRow>('select * from payment.payments where order_id = any($1::uuid[])', [
              unseen,
            ]);
      for (const { order_id, version } of rows) found.set(order_id, version);
      const payments = rows.map((row) => [row.order_id, fromRow(row)] as const);
      const own = orderIds.flatMap((orderId) => {
        const payment = saved.get(orderId);
        return payment ? [[orderId, payment] as const] : [];
      });
      return new Map([...payments, ...own]);
    },
    save: async (...payments) => {
      if (saved.size === 0 && payments.length > 0) tx.beforeCommit(flush);
      for (const payment of payments) saved.set(payment.orderId, payment);
      await Promise.resolve();
    },
  };
};

const names = Object.keys(COLUMNS);
const arrays = Object.values(COLUMNS)
  .map((type, index) => `$${index + 1}::${type}[]`)
  .join(', ');

const INSERT = `
  insert into payment.payments (${names.join(', ')})
  select * from unnest(${arrays}) on conflict do nothing`;

const UPDATE = `
  update payment.payments p set ${names.map((name) => `${name} = changed.${name}`).join(', ')}
  from unnest(${arrays}, $${names.length + 1}::integer[]) as changed (${names.join(', ')}, found_version)
  where p.order_id = changed.order_id and p.version = changed.found_version`;

/** One array per column. */
const columnsOf = (payments: readonly (Payment | Tombstone)[]): unknown[] => {
  const rows = payments.map(valuesOf);
  return names.map((_, column) => rows.map((row) => row[column]));
};
