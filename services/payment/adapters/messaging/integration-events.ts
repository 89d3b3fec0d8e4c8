import type { EventPayloads, EventType, NewEvent } from '#kernel/events.ts';
import { toDecimal } from '#kernel/money.ts';
import type { Publication } from '../../core/domain/events.ts';
import { refundedMinor, type Payment } from '../../core/domain/payment.ts';

/** A publication in its wire format; `version` is the payment's. */
export const toWire = (publication: Publication, version: number): NewEvent => {
  const { type, payment } = publication;
  const at = publication.at.toISOString();
  const event = <T extends EventType>(of: T, payload: EventPayloads[T]): NewEvent<T> => ({
    type: of,
    aggregateId: payment.paymentId,
    aggregateVersion: version,
    key: payment.orderId,
    payload,
  });
  switch (type) {
    case 'payment.authorized': {
      const { brand, last4 } = publication.card;
      return event(type, { ...commonFields(payment), brand, last4, authorized_at: at });
    }
    case 'payment.failed': {
      const { stage, reason } = publication;
      return event(type, {
        ...commonFields(payment),
        customer: customerOf(payment),
        stage,
        reason,
        failed_at: at,
      });
    }
    case 'payment.successful':
      return event(type, { ...commonFields(payment), captured_at: at });
    case 'payment.voided':
      return event(type, { ...commonFields(payment), voided_at: at });
    case 'payment.refunded':
      return event(type, {
        ...commonFields(payment),
        refund_id: publication.key,
        amount: decimal(payment, publication.minor),
        refunded_total: decimal(payment, refundedMinor(payment)),
        refunded_at: at,
      });
    case 'payment.refund_failed':
      return event(type, {
        ...commonFields(payment),
        refund_id: publication.key,
        amount: decimal(payment, publication.minor),
        reason: publication.reason,
        failed_at: at,
      });
  }
};

const decimal = ({ amount: { currency } }: Payment, minor: number): number => toDecimal({ minor, currency });

const commonFields = ({ orderId, paymentId, amount }: Payment) => ({
  order_id: orderId,
  payment_id: paymentId,
  amount: toDecimal(amount),
  currency: amount.currency,
});

const customerOf = ({ customer: { userId, email, name } }: Payment) => ({ user_id: userId, email, name });
