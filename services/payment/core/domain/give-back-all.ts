import { refundableMinor, type Payment, type Refund } from './payment.ts';
import type { PaymentEvent } from './payment-events.ts';

const OF_CANCEL = 'cancel:';

/** Of a captured payment, what nobody has given back yet. */
export const giveBackAll = (payment: Payment, at: Date): readonly PaymentEvent[] => {
  const minor = refundableMinor(payment);
  if (minor === 0) return [];
  const key = `${OF_CANCEL}${payment.refunds.length + 1}`;
  return [{ type: 'refund_requested', key, minor, reason: 'order cancelled', at }];
};

/** Whether a cancel has asked for it. */
export const isOfCancel = ({ key }: Refund): boolean => key.startsWith(OF_CANCEL);
