import type { Card, Failure, Payment, PaymentStatus, Refund, Tombstone } from '../../core/domain/payment.ts';
import { capturedMinor, refundedMinor } from '../../core/domain/payment.ts';

/** `captured` and `refunded` are there to be read; the payment itself is made of the rest. */
export type PaymentRow = TombstoneRow | LivingRow;

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

/** Columns with their types, in the order of `valuesOf`. */
export const COLUMNS = {
  order_id: 'uuid',
  payment_id: 'uuid',
  version: 'integer',
  status: 'text',
  user_id: 'uuid',
  email: 'text',
  name: 'text',
  amount: 'bigint',
  currency: 'text',
  card_brand: 'text',
  card_last4: 'text',
  card_exp_month: 'smallint',
  card_exp_year: 'smallint',
  authorization_id: 'text',
  captured: 'bigint',
  refunded: 'bigint',
  refunds: 'jsonb',
  failure_stage: 'text',
  failure_reason: 'text',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;

export const valuesOf = (payment: Payment | Tombstone): readonly unknown[] => {
  const { orderId, paymentId, version, createdAt } = payment;
  if (payment.kind === 'tombstone')
    return [
      orderId, paymentId, version, 'tombstone', null, null, null, null, null, null, null, null, null, null,
      0, 0, '[]', null, null, createdAt, createdAt,
    ]; // prettier-ignore
  const { customer, amount, card, failure } = payment;
  return [
    orderId, paymentId, version, payment.status, customer.userId, customer.email, customer.name,
    amount.minor, amount.currency, card?.brand ?? null, card?.last4 ?? null, card?.expMonth ?? null,
    card?.expYear ?? null, payment.authorization ?? null, capturedMinor(payment), refundedMinor(payment),
    JSON.stringify(payment.refunds), failure?.stage ?? null, failure?.reason ?? null, createdAt, payment.updatedAt,
  ]; // prettier-ignore
};

export const fromRow = (row: PaymentRow): Payment | Tombstone => {
  const { order_id: orderId, payment_id: paymentId, version, created_at: createdAt } = row;
  if (row.status === 'tombstone') return { kind: 'tombstone', orderId, paymentId, version, createdAt };
  return {
    kind: 'payment',
    paymentId,
    orderId,
    version,
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
