import type { NewEvent } from '#kernel/events.ts';
import { money } from '#kernel/money.ts';
import type { NewTask } from '#kernel/tasks.ts';
import { announcementOf } from './announcements.ts';
import { authorizeCall, captureCall, captureKey, refundCall, refundKey, voidCall } from './gateway-calls.ts';
import { transfer, type LedgerTransaction } from './ledger.ts';
import { isFree, type Payment, type Tombstone } from './payment.ts';
import type { PaymentEvent } from './payment-events.ts';

/** What must be committed together with an event. */
export interface Consequences {
  readonly announce?: NewEvent | undefined;
  readonly call?: NewTask | undefined;
  /** Key of a call that is not wanted any more. */
  readonly drop?: string | undefined;
  readonly book?: LedgerTransaction | undefined;
}

/** `after` is the payment as the event left it. */
export const consequencesOf = (event: PaymentEvent, after: Payment | Tombstone): Consequences =>
  after.kind === 'tombstone'
    ? {}
    : { announce: announcementOf(event, after), book: bookingOf(event, after), ...callOf(event, after) };

const callOf = (event: PaymentEvent, payment: Payment): Pick<Consequences, 'call' | 'drop'> => {
  switch (event.type) {
    case 'opened':
      return isFree(payment) ? {} : { call: authorizeCall(payment, event.token) };
    case 'capture_requested':
      return { call: captureCall(payment) };
    case 'void_requested':
      return {
        call: voidCall(payment),
        drop: event.abandonsCapture ? captureKey(payment.orderId) : undefined,
      };
    case 'refund_requested':
      return { call: refundCall(payment, event.key, event.minor) };
    default:
      return {};
  }
};

const bookingOf = (event: PaymentEvent, payment: Payment): LedgerTransaction | undefined => {
  const { orderId, paymentId, amount } = payment;
  if (isFree(payment)) return undefined;
  switch (event.type) {
    case 'captured':
      return transfer({ transactionId: captureKey(orderId), paymentId, bookedAt: event.at }, amount, {
        debit: 'gateway_clearing',
        credit: 'customer_receivable',
      });
    case 'refunded': {
      const transactionId = refundKey(orderId, event.key);
      return transfer({ transactionId, paymentId, bookedAt: event.at }, money(event.minor, amount.currency), {
        debit: 'refunds',
        credit: 'gateway_clearing',
      });
    }
    default:
      return undefined;
  }
};
