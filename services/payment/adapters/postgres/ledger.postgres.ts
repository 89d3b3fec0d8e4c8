import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { LedgerTransaction } from '../../core/domain/ledger.ts';
import type { Ledger } from '../../core/ports/payment-tx.ts';

/** The database holds every transaction to its balance, see the migrations. */
export const postgresLedger = (tx: SqlTransaction): Ledger => {
  const booked: LedgerTransaction[] = [];
  const flush = (): Promise<void> => {
    const rows = booked.flatMap(({ entries, ...about }) =>
      entries.map((entry, index) => ({ ...about, ...entry, entry: index + 1 })),
    );
    return tx.write({
      table: 'ledger_entries',
      text: `insert into payment.ledger_entries
               (transaction_id, entry, payment_id, account, debit, credit, currency, booked_at)
             select * from unnest($1::text[], $2::integer[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[],
               $7::text[], $8::timestamptz[])`,
      params: [
        rows.map(({ transactionId }) => transactionId),
        rows.map(({ entry }) => entry),
        rows.map(({ paymentId }) => paymentId),
        rows.map(({ account }) => account),
        rows.map(({ debit }) => debit),
        rows.map(({ credit }) => credit),
        rows.map(({ currency }) => currency),
        rows.map(({ bookedAt }) => bookedAt),
      ],
    });
  };
  return {
    book: async (...transactions) => {
      if (booked.length === 0 && transactions.length > 0) tx.beforeCommit(flush);
      booked.push(...transactions);
      await Promise.resolve();
    },
  };
};
