import { refundableMinor, type Payment } from './payment.ts';
import type { PaymentEvent } from './payment-events.ts';

/** Of a captured payment, what nobody has given back yet. */
export const giveBackAll = (payment: Payment, at: Date): readonly PaymentEvent[] => {
  const minor = refundableMinor(payment);
  if (minor === 0) return [];
  const key = `cancel:${payment.refunds.length + 1}`;
  return [{ type: 'refund_requested', key, minor, reason: 'order cancelled', at }];
};
