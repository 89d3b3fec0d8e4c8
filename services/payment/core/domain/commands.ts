import type { Money } from '#kernel/money.ts';
import type { Card, Customer } from './payment.ts';

/** What may be asked of, or reported to, the payment of an order. */
export type Command = Intent | Report;

/** What others want. */
export type Intent = Open | Cancel | { readonly type: 'capture' } | AskRefund;

/** What the gateway has answered to a call. */
export type Report =
  | { readonly type: 'authorization_answered'; readonly answer: Verdict<Authorization> }
  | { readonly type: 'capture_answered'; readonly answer: Verdict }
  /** `captured`: there was nothing to void any more, since the capture had come first. */
  | { readonly type: 'void_answered'; readonly outcome: 'voided' | 'captured' }
  | { readonly type: 'refund_answered'; readonly key: string; readonly answer: Verdict };

export interface Open {
  readonly type: 'open';
  /** Of the payment to be, if there is none. */
  readonly paymentId: string;
  readonly orderId: string;
  readonly customer: Customer;
  readonly amount: Money;
  /** Single use, from the gateway; empty where there is nothing to pay. */
  readonly token: string;
}

export interface Cancel {
  readonly type: 'cancel';
  readonly orderId: string;
  /** Of the tombstone to be, if there is no payment. */
  readonly paymentId: string;
}

export interface AskRefund {
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
