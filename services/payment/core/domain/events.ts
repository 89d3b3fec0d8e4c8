import type { Result } from '#kernel/result.ts';
import type { Authorization, Cancel, Open, PaymentRefusal } from './commands.ts';
import type { Card, Failure, Payment } from './payment.ts';

/** Events of a payment; `process.ts` has their consequences. */
export type PaymentEvent = { readonly at: Date } & Happened;

type Happened =
  | (Omit<Open, 'type'> & { readonly type: 'opened' })
  | (Omit<Cancel, 'type'> & { readonly type: 'tombstoned' })
  /** Cancelled while the gateway was authorising. */
  | { readonly type: 'cancel_noted' }
  | ({ readonly type: 'authorized' } & Authorization)
  | { readonly type: 'authorization_refused'; readonly reason: string }
  /** Declined after the cancellation. */
  | { readonly type: 'given_up' }
  | { readonly type: 'capture_requested' }
  | { readonly type: 'captured' }
  | { readonly type: 'capture_refused'; readonly reason: string }
  /** `abandonsCapture`: a capture was accepted, and may be under way. */
  | { readonly type: 'void_requested'; readonly abandonsCapture: boolean }
  | { readonly type: 'voided' }
  | {
      readonly type: 'refund_requested';
      readonly key: string;
      readonly minor: number;
      readonly reason: string;
    }
  | { readonly type: 'refunded'; readonly key: string; readonly minor: number }
  | { readonly type: 'refund_refused'; readonly key: string; readonly reason: string };

export type PaymentEventOf<Type extends PaymentEvent['type']> = Extract<
  PaymentEvent,
  { readonly type: Type }
>;

export type Decision = Result<readonly PaymentEvent[], PaymentRefusal>;

/** Integration events. `payment` is the state after the event. */
export type Publication = { readonly payment: Payment; readonly at: Date } & (
  | { readonly type: 'payment.authorized'; readonly card: Card }
  | ({ readonly type: 'payment.failed' } & Failure)
  | { readonly type: 'payment.successful' | 'payment.voided' }
  | { readonly type: 'payment.refunded'; readonly key: string; readonly minor: number }
  | {
      readonly type: 'payment.refund_failed';
      readonly key: string;
      readonly minor: number;
      readonly reason: string;
    }
);
