import type { Money } from '#kernel/money.ts';
import type { Refusal } from '#kernel/result.ts';
import type { Card, Customer } from './payment.ts';

/** A command to the payment of an order: another service's request, or the result of a gateway call. */
export type Command = Request | GatewayResult;

export type Request = Open | Cancel | { readonly type: 'capture' } | RequestRefund;

export type GatewayResult =
  | { readonly type: 'authorization_answered'; readonly answer: Verdict<Authorization> }
  | { readonly type: 'capture_answered'; readonly answer: Verdict }
  /** `captured`: nothing to void, since the capture came first. */
  | { readonly type: 'void_answered'; readonly outcome: 'voided' | 'captured' }
  | { readonly type: 'refund_answered'; readonly key: string; readonly answer: Verdict };

export interface Open {
  readonly type: 'open';
  /** Id of the new payment, if there is none. */
  readonly paymentId: string;
  readonly orderId: string;
  readonly customer: Customer;
  readonly amount: Money;
  /** Single use, from the gateway; empty if there is nothing to pay. */
  readonly token: string;
}

export interface Cancel {
  readonly type: 'cancel';
  readonly orderId: string;
  /** Id of the tombstone, if there is no payment. */
  readonly paymentId: string;
}

export interface RequestRefund {
  readonly type: 'refund';
  readonly key: string;
  readonly amount: Money;
  readonly reason: string;
}

export type Verdict<Approved = object> =
  ({ readonly status: 'approved' } & Approved) | { readonly status: 'declined'; readonly reason: string };

export interface Authorization {
  readonly authorization: string;
  readonly card: Card;
}

export type PaymentRefusal = Refusal<
  | 'PAYMENT_NOT_FOUND'
  | 'PAYMENT_NOT_AUTHORIZED'
  | 'PAYMENT_CANCELLED'
  | 'PAYMENT_FAILED'
  | 'PAYMENT_DIFFERS'
  | 'NOTHING_CAPTURED'
  | 'AMOUNT_TOO_HIGH'
  | 'INVALID_REFUND'
  | 'REFUND_KEY_REUSED'
  | 'REFUND_REFUSED'
>;
