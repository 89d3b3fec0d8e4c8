import type { Sql } from '#adapters/postgres/sql.ts';
import type { Payment } from '../../core/domain/payment.ts';
import type { PaymentQueries } from '../../core/ports/payment-queries.ts';
import { readLedger } from './ledger.postgres.ts';
import { readPayments } from './payments.postgres.ts';

export const postgresPaymentQueries = (sql: Sql): PaymentQueries => {
  const one = async (condition: string, id: string): Promise<Payment | undefined> => {
    const [found] = await readPayments(sql, condition, id);
    return found?.state.kind === 'payment' ? found.state : undefined;
  };
  return {
    find: (paymentId) => one('payment_id = $1', paymentId),
    ofOrder: (orderId) => one('order_id = $1', orderId),
    ledger: (paymentId) => readLedger(sql, paymentId),
  };
};
