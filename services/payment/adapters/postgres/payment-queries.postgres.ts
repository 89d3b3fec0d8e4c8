import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { Recent } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { ENDED, type Payment } from '../../core/domain/payment.ts';
import type { PaymentArchive, PaymentQueries } from '../../core/ports/payment-queries.ts';
import { readLedger } from './ledger.postgres.ts';
import { readPayments, readPaymentsOfUser, selectPayments } from './payments.postgres.ts';

export const postgresPaymentQueries = (sql: Sql): PaymentQueries => {
  const one = async (condition: string, id: string): Promise<Payment | undefined> => {
    const [found] = await readPayments(sql, condition, id);
    return found?.state.kind === 'payment' ? found.state : undefined;
  };
  return {
    ofUser: (userId, limit, after) => readPaymentsOfUser(sql, userId, limit, after),
    find: (paymentId) => one('payment_id = $1', paymentId),
    ofOrder: (orderId) => one('order_id = $1', orderId),
    page: async ({ status, failedAt, from, limit, cursor }) => {
      const position = positionOf({ cursor }, 'payments', 'time');
      if (!position.ok) return position;
      const end = position.value;
      const params: unknown[] = [limit + 1];
      const param = (value: unknown): string => `$${params.push(value)}`;
      const conditions = [
        `status <> 'tombstone'`,
        ...(status === undefined ? [] : [`status = ${param(status)}`]),
        ...(failedAt === undefined ? [] : [`failure_stage = ${param(failedAt)}`]),
        ...(from === undefined ? [] : [`created_at >= ${param(from)}`]),
        ...(end
          ? [`(created_at, order_id) < (${param(end.value)}::timestamptz, ${param(end.id)}::uuid)`]
          : []),
      ];
      const found = await selectPayments(
        sql,
        `where ${conditions.join(' and ')} order by created_at desc, order_id desc limit $1`,
        params,
      );
      return pageOf(found, limit, ({ createdAt, orderId }) => ({
        list: 'payments',
        value: createdAt.toISOString(),
        id: orderId,
      }));
    },
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
