import type { PaymentEvent, PaymentEventOf } from './events.ts';
import type { Payment, PaymentState, Refund, Tombstone } from './payment.ts';

/** The payment after the events. */
export const evolve = (state: PaymentState, event: PaymentEvent): Payment | Tombstone => {
  switch (event.type) {
    case 'opened':
      return opened(event);
    case 'tombstoned': {
      const { paymentId, orderId, at } = event;
      return { kind: 'tombstone', paymentId, orderId, createdAt: at };
    }
    default: {
      if (state?.kind !== 'payment') throw new Error(`${event.type} happened to no payment`);
      return { ...state, ...changeBy(event, state), updatedAt: event.at };
    }
  }
};

const opened = (event: PaymentEventOf<'opened'>): Payment => ({
  kind: 'payment',
  paymentId: event.paymentId,
  orderId: event.orderId,
  customer: event.customer,
  amount: event.amount,
  status: 'pending',
  card: undefined,
  authorization: undefined,
  refunds: [],
  failure: undefined,
  createdAt: event.at,
  updatedAt: event.at,
});

type Change = Partial<Pick<Payment, 'status' | 'card' | 'authorization' | 'refunds' | 'failure'>>;

const changeBy = (
  event: Exclude<PaymentEvent, { readonly type: 'opened' | 'tombstoned' }>,
  payment: Payment,
): Change => {
  switch (event.type) {
    case 'cancel_noted':
      return { status: 'cancelling' };
    case 'authorized': {
      const { authorization, card } = event;
      return { authorization, card, ...(payment.status === 'pending' ? { status: 'authorized' } : {}) };
    }
    case 'authorization_refused':
      return { status: 'failed', failure: { stage: 'authorize', reason: event.reason } };
    case 'given_up':
      return { status: 'cancelled' };
    case 'capture_requested':
      return { status: 'capturing' };
    case 'captured':
      return { status: 'captured' };
    case 'capture_refused':
      return { status: 'failed', failure: { stage: 'capture', reason: event.reason } };
    case 'void_requested':
      return payment.status === 'failed' ? {} : { status: 'voiding' };
    case 'voided':
      return { authorization: undefined, ...(payment.status === 'failed' ? {} : { status: 'voided' }) };
    case 'refund_requested': {
      const { key, minor, reason } = event;
      return { refunds: [...payment.refunds, { key, minor, reason, status: 'requested' }] };
    }
    case 'refunded':
      return { refunds: withRefund(payment, event.key, { status: 'done' }) };
    case 'refund_refused':
      return { refunds: withRefund(payment, event.key, { status: 'refused', refusal: event.reason }) };
  }
};

const withRefund = ({ refunds }: Payment, key: string, change: Partial<Refund>): readonly Refund[] =>
  refunds.map((refund) => (refund.key === key ? { ...refund, ...change } : refund));
