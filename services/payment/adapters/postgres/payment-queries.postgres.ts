import type { Recent } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { ENDED, type Payment } from '../../core/domain/payment.ts';
import type { PaymentArchive, PaymentQueries } from '../../core/ports/payment-queries.ts';
import { readLedger } from './ledger.postgres.ts';
import { readPayments, readPaymentsOfUser } from './payments.postgres.ts';

export const postgresPaymentQueries = (sql: Sql): PaymentQueries => {
  const one = async (condition: string, id: string): Promise<Payment | undefined> => {
    const [found] = await readPayments(sql, condition, id);
    return found?.state.kind === 'payment' ? found.state : undefined;
  };
  return {
    ofUser: (userId, limit, after) => readPaymentsOfUser(sql, userId, limit, after),
    find: (paymentId) => one('payment_id = $1', paymentId),
    ofOrder: (orderId) => one('order_id = $1', orderId),
    ledger: (paymentId) => readLedger(sql, paymentId),
  };
};

/** Payments in one statement: few enough not to block others. */
const CHUNK = 1_000;

const FORGET = `
  update payment.payments set email = '', name = '' where order_id in
    (select order_id from payment.payments
     where email <> '' and status = any($3::text[]) and updated_at < $1 limit $2)
  returning 1`;

/** @param recent absent where another process may change payments */
export const postgresPaymentArchive = (sql: Sql, recent?: Recent): PaymentArchive => ({
  forgetPeople: async (horizon) => {
    for (;;) {
      const changed = await sql.query(FORGET, [horizon, CHUNK, ENDED]);
      if (changed.length > 0) recent?.clear();
      if (changed.length < CHUNK) return;
    }
  },
});
