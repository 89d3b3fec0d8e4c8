import type { Refusal, Result } from '#kernel/result.ts';
import type { PaymentEvent } from './payment-events.ts';

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

export type Decision = Result<readonly PaymentEvent[], PaymentRefusal>;
