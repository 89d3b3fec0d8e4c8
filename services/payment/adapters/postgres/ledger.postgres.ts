import { declareTable } from '#adapters/postgres/written-table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { LedgerEntry, LedgerTransaction } from '../../core/domain/ledger.ts';
import type { Ledger } from '../../core/ports/payment-tx.ts';

type EntryRow = Omit<LedgerTransaction, 'entries'> & LedgerEntry & { readonly entry: number };

/** The database checks that every transaction balances, see the migrations. */
const entries = declareTable<EntryRow>(
  {
    name: 'payment.ledger_entries',
    columns: {
      transaction_id: ['text', ({ transactionId }) => transactionId],
      entry: ['integer', ({ entry }) => entry],
      payment_id: ['uuid', ({ paymentId }) => paymentId],
      account: ['text', ({ account }) => account],
      debit: ['bigint', ({ debit }) => debit],
      credit: ['bigint', ({ credit }) => credit],
      currency: ['text', ({ currency }) => currency],
      booked_at: ['timestamptz', ({ bookedAt }) => bookedAt],
    },
  },
  'transaction_id',
);

export const postgresLedger = (tx: SqlTransaction): Ledger => {
  const booked: LedgerTransaction[] = [];
  const flush = async (): Promise<void> => {
    const rows = booked.flatMap(({ entries: lines, ...about }) =>
      lines.map((line, index) => ({ ...about, ...line, entry: index + 1 })),
    );
    for (const write of entries.insert(rows)) await tx.write(write);
  };
  return {
    book: async (...transactions) => {
      if (booked.length === 0 && transactions.length > 0) tx.beforeCommit(flush);
      booked.push(...transactions);
      await Promise.resolve();
    },
  };
};
