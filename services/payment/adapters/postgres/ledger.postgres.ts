import { postgresAdditions } from '#adapters/postgres/records.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { LedgerEntry, LedgerTransaction } from '../../core/domain/ledger.ts';
import type { Ledger } from '../../core/ports/payment-tx.ts';

type Entry = Omit<LedgerTransaction, 'entries'> & LedgerEntry & { readonly entry: number };

/** The database checks that every transaction balances, see the migrations. */
const ledger = declareTable<Entry>({
  name: 'payment.ledger_entries',
  key: ['transactionId', 'entry'],
  columns: {
    transactionId: 'text',
    entry: 'integer',
    paymentId: 'uuid',
    account: 'text',
    debit: 'bigint',
    credit: 'bigint',
    currency: 'text',
    bookedAt: 'timestamptz',
  },
});

const toEntries = ({ entries, ...about }: LedgerTransaction): Entry[] =>
  entries.map((line, index) => ({ ...about, ...line, entry: index + 1 }));

const toTransaction = (entries: readonly Entry[]): LedgerTransaction[] =>
  entries.slice(0, 1).map(({ transactionId, paymentId, bookedAt }) => ({
    transactionId,
    paymentId,
    bookedAt,
    entries: entries.map(({ account, debit, credit, currency }) => ({ account, debit, credit, currency })),
  }));

export const postgresLedger = (tx: SqlTransaction): Ledger => {
  const add = postgresAdditions(tx, ledger.insert);
  return { book: (...transactions) => add(transactions.flatMap(toEntries)) };
};

/** The transactions of a payment, oldest first. */
export const readLedger = async (sql: Sql, paymentId: string): Promise<LedgerTransaction[]> => {
  const entries = await ledger.select(
    sql,
    'where payment_id = $1 order by booked_at, transaction_id collate "C", entry',
    [paymentId],
  );
  return [...Map.groupBy(entries, ({ transactionId }) => transactionId).values()].flatMap(toTransaction);
};
