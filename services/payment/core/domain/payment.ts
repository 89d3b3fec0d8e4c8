import type { Money } from '#kernel/money.ts';

/** The state of an order's payment: none, a tombstone, or the payment. */
export type PaymentState = Payment | Tombstone | undefined;

/** The order was cancelled before `order.placed` arrived, which then authorises nothing. */
export interface Tombstone {
  readonly kind: 'tombstone';
  readonly paymentId: string;
  readonly orderId: string;
  readonly createdAt: Date;
}

/** The payment of one order. Tasks call the gateway; this holds the outcome of each call. */
export interface Payment {
  readonly kind: 'payment';
  readonly paymentId: string;
  readonly orderId: string;
  readonly customer: Customer;
  readonly amount: Money;
  readonly status: PaymentStatus;
  readonly card: Card | undefined;
  /** The gateway's id of the held or captured amount; absent once void. */
  readonly authorization: string | undefined;
  readonly refunds: readonly Refund[];
  readonly failure: Failure | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/**
 * `pending`, `capturing` and `voiding` wait for the gateway. `cancelling` waits for an authorisation, which is then
 * voided. `cancelled`: nothing was ever held.
 */
export const PAYMENT_STATUSES = [
  'pending',
  'cancelling',
  'authorized',
  'capturing',
  'captured',
  'voiding',
  'voided',
  'failed',
  'cancelled',
] as const;

export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** The e-mail address and the name are empty once claims have expired. */
export interface Customer {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
}

/** Nothing more happens to such payments, except refunds. */
export const ENDED: readonly PaymentStatus[] = ['captured', 'voided', 'failed', 'cancelled'];

/** The storable part of a card, without its number. */
export interface Card {
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
}

export interface Refund {
  readonly key: string;
  /** Minor units of the payment's currency. */
  readonly minor: number;
  readonly reason: string;
  readonly status: 'requested' | 'done' | 'refused';
  /** The gateway's reason for a refusal. */
  readonly refusal?: string;
}

export interface Failure {
  readonly stage: 'authorize' | 'capture';
  readonly reason: string;
}

/** There is nothing to authorise, capture or book. */
export const isFree = ({ amount }: Pick<Payment, 'amount'>): boolean => amount.minor === 0;

/** Captured minor units: all or nothing. */
export const capturedMinor = ({ status, amount }: Payment): number =>
  status === 'captured' ? amount.minor : 0;

const sumOf = (refunds: readonly Refund[]): number => refunds.reduce((total, { minor }) => total + minor, 0);

/** Refunded minor units. */
export const refundedMinor = ({ refunds }: Payment): number =>
  sumOf(refunds.filter(({ status }) => status === 'done'));

export const refundOf = ({ refunds }: Payment, key: string): Refund | undefined =>
  refunds.find((refund) => refund.key === key);

/** Minor units that can still be refunded: neither refunded nor pending. */
export const refundableMinor = (payment: Payment): number =>
  capturedMinor(payment) - sumOf(payment.refunds.filter(({ status }) => status !== 'refused'));
