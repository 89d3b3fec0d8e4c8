import type { Order, OrderEvent, Status } from './order.ts';

/** The order after `event`; undefined before it was placed. */
export const evolve = (order: Order | undefined, event: OrderEvent): Order => {
  if (event.type === 'placed') return begin(event);
  if (!order) throw new Error(`an order begins with its placing, not with ${event.type}`);
  return { ...order, ...change(order, event), updatedAt: event.at };
};

const begin = ({ orderId, placed, at }: Extract<OrderEvent, { type: 'placed' }>): Order => ({
  ...placed,
  orderId,
  status: 'pending',
  attempt: 1,
  isReserved: false,
  // Nothing to pay is paid.
  payment: { status: placed.totalMinor === 0 ? 'captured' : 'pending' },
  parcel: undefined,
  earlyNews: undefined,
  cancelRequested: undefined,
  openCase: undefined,
  refundsAsked: [],
  refundsFailed: [],
  refundedMinor: 0,
  timeline: [{ status: 'pending', at, detail: 'Order placed' }],
  updatedAt: at,
});

const change = (order: Order, event: Exclude<OrderEvent, { type: 'placed' }>): Partial<Order> => {
  /** Moves to `status`, or stays and notes what happened. */
  const note = (detail: string, status: Status = order.status): Partial<Order> => ({
    status,
    timeline: [...order.timeline, { status, at: event.at, detail }],
  });
  switch (event.type) {
    case 'stock-reserved':
      return { ...note('Stock reserved'), isReserved: true };
    case 'payment-authorized':
      return {
        ...note('Payment authorised'),
        payment: { status: 'authorized', brand: event.brand, last4: event.last4 },
      };
    case 'confirmed':
      return note('Order confirmed', 'confirmed');
    case 'payment-captured':
      return { ...note('Payment captured'), payment: { ...order.payment, status: 'captured' } };
    case 'payment-failed':
      return { ...note(`Payment failed: ${event.reason}`), payment: { ...order.payment, status: 'failed' } };
    case 'shipped':
      return {
        ...note(`Handed to ${event.parcel.carrier}`, 'shipped'),
        parcel: event.parcel,
        earlyNews: undefined,
      };
    case 'parcel-moved':
      return { ...note(event.detail), ...(order.status === 'confirmed' ? { earlyNews: event.status } : {}) };
    case 'delivered':
      return {
        ...note('Delivered', 'delivered'),
        // Whatever was the matter with the parcel is over.
        openCase: order.openCase === 'refund_failed' ? 'refund_failed' : undefined,
      };
    case 'cancel-requested':
      return { ...note(`Cancellation asked for: ${event.reason}`), cancelRequested: event.reason };
    case 'cancelled':
      return note(`Cancelled: ${event.reason}`, 'cancelled');
    case 'case-opened':
      return {
        ...note(
          `Needs staff: ${event.kind}`,
          event.kind === 'lost' || event.kind === 'returned' ? event.kind : order.status,
        ),
        openCase: event.kind,
      };
    case 'case-resolved':
      return {
        ...note(`Staff decided: ${event.resolution}`),
        openCase: undefined,
        refundsFailed: order.refundsFailed.map((refund) => ({ ...refund, isOpen: false })),
      };
    case 'reship-requested':
      return {
        ...note('A replacement will be sent'),
        attempt: order.attempt + 1,
        isReserved: false,
        parcel: undefined,
        // It was about the parcel before; this one can be cancelled anew.
        cancelRequested: undefined,
      };
    case 'refund-requested':
      return { ...note('Refund on its way'), refundsAsked: [...order.refundsAsked, event.refund] };
    case 'refunded':
      return {
        // One that was cancelled stays so: then it is what undoes it.
        ...note(
          'Refunded',
          event.totalMinor >= order.totalMinor && order.status !== 'cancelled' ? 'refunded' : order.status,
        ),
        refundedMinor: event.totalMinor,
      };
    case 'refund-failed': {
      const { refundKey, amountMinor } = event;
      return {
        ...note(`Refund failed: ${event.reason}`),
        refundsAsked: order.refundsAsked.filter((refund) => refund.refundKey !== refundKey),
        refundsFailed: [...order.refundsFailed, { refundKey, amountMinor, isOpen: true }],
      };
    }
  }
};
