import { guarded, postgresAggregates } from '#adapters/postgres/aggregates.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Money } from '#kernel/money.ts';
import type { Versioned } from '#kernel/process.ts';
import {
  capturedMinor,
  refundedMinor,
  type Customer,
  type Payment,
  type PaymentStatus,
  type Tombstone,
} from '../../core/domain/payment.ts';
import type { PaymentRepository } from '../../core/ports/payment-tx.ts';

/** A payment, or a tombstone, which has no customer and no amount. */
interface StoredPayment extends Omit<Payment, 'kind' | 'status' | 'customer' | 'amount'> {
  readonly version: number;
  readonly status: PaymentStatus | 'tombstone';
  readonly customer?: Customer | undefined;
  readonly amount?: Money | undefined;
}

const toStored = ({ state, version }: Versioned<Payment | Tombstone>): StoredPayment =>
  state.kind === 'payment'
    ? { ...state, version }
    : {
        ...state,
        version,
        status: 'tombstone',
        card: undefined,
        authorization: undefined,
        refunds: [],
        failure: undefined,
        updatedAt: state.createdAt,
      };

const fromStored = ({
  version,
  status,
  customer,
  amount,
  ...payment
}: StoredPayment): Versioned<Payment | Tombstone> => {
  const { orderId, paymentId, createdAt } = payment;
  return status === 'tombstone' || !customer || !amount
    ? { version, state: { kind: 'tombstone', orderId, paymentId, createdAt } }
    : { version, state: { ...payment, kind: 'payment', status, customer, amount } };
};

const minorOf =
  (ofPayment: (payment: Payment) => number) =>
  (stored: StoredPayment): number => {
    const { state } = fromStored(stored);
    return state.kind === 'payment' ? ofPayment(state) : 0;
  };

const payments = declareTable<StoredPayment>({
  name: 'payment.payments',
  key: ['orderId'],
  columns: {
    orderId: 'uuid',
    paymentId: 'uuid',
    version: 'integer',
    status: 'text',
    customer: { userId: 'uuid', email: 'text', name: 'text' },
    amount: { minor: ['bigint', 'amount'], currency: 'text' },
    card: {
      brand: ['text', 'card_brand'],
      last4: ['text', 'card_last4'],
      expMonth: ['smallint', 'card_exp_month'],
      expYear: ['smallint', 'card_exp_year'],
    },
    authorization: ['text', 'authorization_id'],
    refunds: 'jsonb',
    failure: { stage: ['text', 'failure_stage'], reason: ['text', 'failure_reason'] },
    createdAt: 'timestamptz',
    updatedAt: 'timestamptz',
  },
  derived: {
    captured: ['bigint', minorOf(capturedMinor)],
    refunded: ['bigint', minorOf(refundedMinor)],
  },
});

export const postgresPaymentRepository = (tx: SqlTransaction): PaymentRepository =>
  postgresAggregates(
    tx,
    { kind: 'payments' },
    {
      read: async (sql, orderIds) => {
        const found = await readPayments(sql, 'order_id = any($1::uuid[])', orderIds);
        return new Map(found.map((payment) => [payment.state.orderId, payment]));
      },
      write: (changes) => guarded(payments, changes, toStored),
    },
  );

/** Payments and tombstones that match a condition on `$1`. */
export const readPayments = async (sql: Pick<Sql, 'query'>, condition: string, param: unknown) =>
  (await payments.select(sql, `where ${condition}`, [param])).map(fromStored);

/** Payments, not tombstones, as the clauses of a query choose and sort them. */
export const selectPayments = async (
  sql: Pick<Sql, 'query'>,
  clauses: string,
  params: readonly unknown[],
): Promise<readonly Payment[]> =>
  (await payments.select(sql, clauses, params))
    .map(fromStored)
    .flatMap(({ state }) => (state.kind === 'payment' ? [state] : []));

/** A customer's payments, by order ID. */
export const readPaymentsOfUser = async (
  sql: Pick<Sql, 'query'>,
  userId: string,
  limit: number,
  after: string | undefined,
): Promise<readonly Payment[]> =>
  selectPayments(
    sql,
    'where user_id = $1 and ($3::uuid is null or order_id > $3) order by order_id limit $2',
    [userId, limit, after ?? null],
  );
