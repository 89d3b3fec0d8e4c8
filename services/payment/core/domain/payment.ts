import type { Money } from '#kernel/money.ts';

/** What is known of an order's payment: nothing, that it must never be made, or the payment. */
export type PaymentState = Payment | Tombstone | undefined;

/** The order was cancelled before it was heard of: a later `order.placed` authorises nothing. */
export interface Tombstone {
  readonly kind: 'tombstone';
  readonly paymentId: string;
  readonly orderId: string;
  readonly createdAt: Date;
}

/** The payment of one order. The gateway is called by tasks; the outcome of each call stands here. */
export interface Payment {
  readonly kind: 'payment';
  readonly paymentId: string;
  readonly orderId: string;
  readonly customer: Customer;
  readonly amount: Money;
  readonly status: PaymentStatus;
  readonly card: Card | undefined;
  /** The gateway's name for the amount that it holds or has taken; none once that is void. */
  readonly authorization: string | undefined;
  readonly refunds: readonly Refund[];
  readonly failure: Failure | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/**
 * `pending` and `capturing` and `voiding` wait for the gateway. `cancelling` waits for an authorisation that will be
 * voided if it comes. `cancelled`: nothing was ever held.
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

export interface Customer {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
}

/** What may be kept of a card; its number never comes here. */
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
  /** Why the gateway refused it. */
  readonly refusal?: string;
}

export interface Failure {
  readonly stage: 'authorize' | 'capture';
  readonly reason: string;
}

/** There is nothing to hold, to take or to book. */
export const isFree = ({ amount }: Pick<Payment, 'amount'>): boolean => amount.minor === 0;

/** Minor units that were taken: all or nothing. */
export const capturedMinor = ({ status, amount }: Payment): number =>
  status === 'captured' ? amount.minor : 0;

const sumOf = (refunds: readonly Refund[]): number => refunds.reduce((total, { minor }) => total + minor, 0);

/** Minor units that went back. */
export const refundedMinor = ({ refunds }: Payment): number =>
  sumOf(refunds.filter(({ status }) => status === 'done'));

export const refundOf = ({ refunds }: Payment, key: string): Refund | undefined =>
  refunds.find((refund) => refund.key === key);

/** Minor units that may still be given back: neither gone nor on their way. */
export const refundableMinor = (payment: Payment): number =>
  capturedMinor(payment) - sumOf(payment.refunds.filter(({ status }) => status !== 'refused'));
