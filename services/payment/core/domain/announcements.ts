import type { EventPayloads, EventType, NewEvent } from '#kernel/events.ts';
import { toDecimal } from '#kernel/money.ts';
import { refundedMinor, type Payment } from './payment.ts';
import type { PaymentEvent } from './payment-events.ts';

/** What other services hear of an event, if anything. `payment` is as the event left it. */
export const announcementOf = (event: PaymentEvent, payment: Payment): NewEvent | undefined => {
  const at = event.at.toISOString();
  switch (event.type) {
    case 'authorized': {
      // One that nobody wants any more is heard of when it is void.
      if (payment.status !== 'authorized') return undefined;
      const { brand, last4 } = event.card;
      return announce('payment.authorized', payment, { ...ofAll(payment), brand, last4, authorized_at: at });
    }
    case 'authorization_refused':
    case 'capture_refused':
      return announce('payment.failed', payment, {
        ...ofAll(payment),
        customer: customerOf(payment),
        stage: event.type === 'capture_refused' ? 'capture' : 'authorize',
        reason: event.reason,
        failed_at: at,
      });
    case 'captured':
      return announce('payment.successful', payment, { ...ofAll(payment), captured_at: at });
    case 'voided':
      return announce('payment.voided', payment, { ...ofAll(payment), voided_at: at });
    case 'refunded':
      return announce('payment.refunded', payment, {
        ...ofAll(payment),
        refund_id: event.key,
        amount: decimal(payment, event.minor),
        refunded_total: decimal(payment, refundedMinor(payment)),
        refunded_at: at,
      });
    case 'refund_refused':
      return announce('payment.refund_failed', payment, {
        ...ofAll(payment),
        refund_id: event.key,
        amount: decimal(payment, payment.refunds.find(({ key }) => key === event.key)?.minor ?? 0),
        reason: event.reason,
        failed_at: at,
      });
    default:
      return undefined;
  }
};

const announce = <T extends EventType>(
  type: T,
  payment: Payment,
  payload: EventPayloads[T],
): NewEvent<T> => ({
  type,
  aggregateId: payment.paymentId,
  aggregateVersion: payment.version,
  key: payment.orderId,
  payload,
});

const decimal = ({ amount: { currency } }: Payment, minor: number): number => toDecimal({ minor, currency });

const ofAll = ({ orderId, paymentId, amount }: Payment) => ({
  order_id: orderId,
  payment_id: paymentId,
  amount: toDecimal(amount),
  currency: amount.currency,
});

const customerOf = ({ customer: { userId, email, name } }: Payment) => ({ user_id: userId, email, name });
