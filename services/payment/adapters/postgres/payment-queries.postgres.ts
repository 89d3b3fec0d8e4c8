import type { Sql } from '#adapters/postgres/sql.ts';
import type { Account, LedgerTransaction } from '../../core/domain/ledger.ts';
import type { Payment } from '../../core/domain/payment.ts';
import type { PaymentQueries } from '../../core/ports/payment-queries.ts';
import { readPayments } from './payments.postgres.ts';

interface EntryRow {
  readonly transaction_id: string;
  readonly payment_id: string;
  readonly account: Account;
  readonly debit: number;
  readonly credit: number;
  readonly currency: string;
  readonly booked_at: Date;
}

export const postgresPaymentQueries = (sql: Sql): PaymentQueries => {
  const one = async (condition: string, id: string): Promise<Payment | undefined> => {
    const [found] = await readPayments(sql, condition, id);
    return found?.state.kind === 'payment' ? found.state : undefined;
  };
  return {
    find: (paymentId) => one('payment_id = $1', paymentId),
    ofOrder: (orderId) => one('order_id = $1', orderId),
    ledger: async (paymentId) => {
      const rows = await sql.query<EntryRow>(
        `select transaction_id, payment_id, account, debit, credit, currency, booked_at from payment.ledger_entries
         where payment_id = $1 order by booked_at, transaction_id collate "C", entry`,
        [paymentId],
      );
      return [...Map.groupBy(rows, ({ transaction_id }) => transaction_id).values()].flatMap(toTransaction);
    },
  };
};

const toTransaction = (rows: readonly EntryRow[]): LedgerTransaction[] =>
  rows.slice(0, 1).map(({ transaction_id, payment_id, booked_at }) => ({
    transactionId: transaction_id,
    paymentId: payment_id,
    bookedAt: booked_at,
    entries: rows.map(({ account, debit, credit, currency }) => ({ account, debit, credit, currency })),
  }));
