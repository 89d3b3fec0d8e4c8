import { postgresAggregates } from '#adapters/postgres/aggregates.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable, guarded, type Column } from '#adapters/postgres/written-table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Change } from '#kernel/process.ts';
import type { PaymentEvent } from '../../core/domain/events.ts';
import {
  capturedMinor,
  refundedMinor,
  type Card,
  type Failure,
  type Payment,
  type PaymentStatus,
  type Refund,
  type Tombstone,
} from '../../core/domain/payment.ts';
import type { PaymentRepository } from '../../core/ports/payment-tx.ts';

type PaymentChange = Change<Payment | Tombstone, PaymentEvent>;

/** A column of payments; `otherwise` for tombstones. */
const ofPayment = (
  type: string,
  valueOf: (payment: Payment) => unknown,
  otherwise: unknown = null,
): Column<PaymentChange> => [type, ({ state }) => (state.kind === 'payment' ? valueOf(state) : otherwise)];

/** `captured` and `refunded` are for readers; the payment is rebuilt from the other columns. */
const payments = declareTable<PaymentChange>(
  {
    name: 'payment.payments',
    columns: {
      order_id: ['uuid', ({ id }) => id],
      payment_id: ['uuid', ({ state }) => state.paymentId],
      version: ['integer', ({ version }) => version],
      status: ofPayment('text', ({ status }) => status, 'tombstone'),
      user_id: ofPayment('uuid', ({ customer }) => customer.userId),
      email: ofPayment('text', ({ customer }) => customer.email),
      name: ofPayment('text', ({ customer }) => customer.name),
      amount: ofPayment('bigint', ({ amount }) => amount.minor),
      currency: ofPayment('text', ({ amount }) => amount.currency),
      card_brand: ofPayment('text', ({ card }) => card?.brand),
      card_last4: ofPayment('text', ({ card }) => card?.last4),
      card_exp_month: ofPayment('smallint', ({ card }) => card?.expMonth),
      card_exp_year: ofPayment('smallint', ({ card }) => card?.expYear),
      authorization_id: ofPayment('text', ({ authorization }) => authorization),
      captured: ofPayment('bigint', capturedMinor, 0),
      refunded: ofPayment('bigint', refundedMinor, 0),
      refunds: ofPayment('jsonb', ({ refunds }) => refunds, []),
      failure_stage: ofPayment('text', ({ failure }) => failure?.stage),
      failure_reason: ofPayment('text', ({ failure }) => failure?.reason),
      created_at: ['timestamptz', ({ state }) => state.createdAt],
      updated_at: [
        'timestamptz',
        ({ state }) => (state.kind === 'payment' ? state.updatedAt : state.createdAt),
      ],
    },
  },
  'order_id',
);

export const postgresPaymentRepository = (tx: SqlTransaction): PaymentRepository =>
  postgresAggregates(
    tx,
    { kind: 'payments' },
    {
      read: async (sql, orderIds) => {
        const rows = await readPayments(sql, 'order_id = any($1::uuid[])', orderIds);
        return new Map(rows.map((row) => [row.state.orderId, row]));
      },
      write: (changes) => guarded(payments, changes),
    },
  );

/** Payments and tombstones that match a condition on `$1`. */
export const readPayments = async (sql: Pick<Sql, 'query'>, condition: string, param: unknown) => {
  const rows = await sql.query<PaymentRow>(`select * from payment.payments where ${condition}`, [param]);
  return rows.map((row) => ({ state: fromRow(row), version: row.version }));
};

type PaymentRow = TombstoneRow | LivingRow;

interface CommonRow {
  readonly order_id: string;
  readonly payment_id: string;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

interface TombstoneRow extends CommonRow {
  readonly status: 'tombstone';
}

interface LivingRow extends CommonRow {
  readonly status: PaymentStatus;
  readonly user_id: string;
  readonly email: string;
  readonly name: string;
  readonly amount: number;
  readonly currency: string;
  readonly card_brand: string | null;
  readonly card_last4: string | null;
  readonly card_exp_month: number | null;
  readonly card_exp_year: number | null;
  readonly authorization_id: string | null;
  readonly refunds: readonly Refund[];
  readonly failure_stage: Failure['stage'] | null;
  readonly failure_reason: string | null;
}

const fromRow = (row: PaymentRow): Payment | Tombstone => {
  const { order_id: orderId, payment_id: paymentId, created_at: createdAt } = row;
  if (row.status === 'tombstone') return { kind: 'tombstone', orderId, paymentId, createdAt };
  return {
    kind: 'payment',
    paymentId,
    orderId,
    customer: { userId: row.user_id, email: row.email, name: row.name },
    amount: { minor: row.amount, currency: row.currency },
    status: row.status,
    card: cardOf(row),
    authorization: row.authorization_id ?? undefined,
    refunds: row.refunds,
    failure: failureOf(row),
    createdAt,
    updatedAt: row.updated_at,
  };
};

const cardOf = (row: LivingRow): Card | undefined => {
  const { card_brand: brand, card_last4: last4, card_exp_month: expMonth, card_exp_year: expYear } = row;
  return brand === null || last4 === null || expMonth === null || expYear === null
    ? undefined
    : { brand, last4, expMonth, expYear };
};

const failureOf = ({ failure_stage: stage, failure_reason: reason }: LivingRow): Failure | undefined =>
  stage === null || reason === null ? undefined : { stage, reason };
