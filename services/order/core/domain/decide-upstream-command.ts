import type { UpstreamCommand } from './commands.ts';
import { hasOpen, nextCaseId, type CaseKind } from './cases.ts';
import type { Fact } from './events.ts';
import type { Order, ParcelStatus } from './order.ts';
import { CANCELLED, isSettledElsewhere } from './refunds.ts';
import { isDecidedBy, isFinal, isToBeSent, lastParcel, mayHaveArrived, waitOf } from './standing.ts';

type CommandOf<T extends UpstreamCommand['type']> = Extract<UpstreamCommand, { readonly type: T }>;
type Facts = readonly Fact[];

const NOTHING: Facts = [];

/**
 * What follows from an upstream's command. One to an order that has moved on changes nothing: the upstream undoes its part
 * when it hears of the cancellation.
 */
export const decideUpstreamCommand = (command: UpstreamCommand, order: Order): Facts => {
  switch (command.type) {
    case 'stock-reserved': {
      if (!isStockAwaited(order, command.attempt)) return NOTHING;
      const reserved = { type: 'stock-reserved' } as const;
      return isPaid(order) ? [reserved, { type: 'confirmed' }] : [reserved];
    }
    case 'out-of-stock':
      if (!isStockAwaited(order, command.attempt)) return NOTHING;
      return order.attempt === 1
        ? [{ type: 'cancelled', reason: 'out_of_stock' }]
        : [{ type: 'replacement-refused' }, ...backToLastParcel(order)];
    case 'payment-authorized': {
      if (order.status !== 'pending' || order.payment.status !== 'pending') return NOTHING;
      const { brand, last4 } = command;
      const authorized = { type: 'payment-authorized', brand, last4 } as const;
      return order.isReserved ? [authorized, { type: 'confirmed' }] : [authorized];
    }
    case 'payment-captured':
      // A parcel's news, or a cancellation, may overtake it: they come on topics of their own.
      return order.status !== 'pending' && order.payment.status === 'authorized'
        ? [{ type: 'payment-captured' }]
        : NOTHING;
    case 'payment-failed':
      // Nothing is dispatched before the capture, so a refused capture can still cancel.
      if (isFinal(order) || order.payment.status === 'captured') return NOTHING;
      return [
        { type: 'payment-failed', reason: command.reason },
        { type: 'cancelled', reason: 'payment_failed' },
      ];
    case 'payment-refunded':
      return decideRefunded(command, order);
    case 'refund-failed':
      return decideRefundFailed(command, order);
    case 'parcel-dispatched':
      if (command.attempt !== order.attempt || order.status !== 'confirmed') return NOTHING;
      return [
        { type: 'shipped', parcel: command.parcel },
        ...(order.earlyNews ? endOf(order.earlyNews, order, command.attempt) : []),
      ];
    case 'parcel-moved':
      return decideMoved(command, order);
    case 'parcel-cancelled':
      return command.attempt === order.attempt &&
        order.status === 'confirmed' &&
        order.cancelRequested !== undefined
        ? [{ type: 'cancelled', reason: order.cancelRequested }]
        : NOTHING;
    case 'time-is-up':
      return decideTimeIsUp(command, order);
  }
};

const isPaid = ({ payment }: Order): boolean =>
  payment.status === 'authorized' || payment.status === 'captured';

const isStockAwaited = ({ status, attempt, isReserved, awaitsReplacement }: Order, of: number): boolean =>
  of === attempt && !isReserved && (status === 'pending' || awaitsReplacement);

/** There will be no replacement, so the order is again about the parcel that it should have replaced. */
const backToLastParcel = (order: Order): Facts => {
  const last = lastParcel(order);
  if (!last) return NOTHING;
  const { attempt, whereabouts } = last;
  if (whereabouts === 'delivered') return [{ type: 'delivered', attempt }];
  const kind: CaseKind = whereabouts === 'under_way' ? 'overdue' : whereabouts;
  return hasOpen(order, kind, attempt)
    ? NOTHING
    : [{ type: 'case-opened', caseId: nextCaseId(order), kind, attempt }];
};

const decideRefunded = (
  { refundKey, amountMinor, totalMinor }: CommandOf<'payment-refunded'>,
  order: Order,
): Facts => {
  const asked = order.refunds.find((refund) => refund.refundKey === refundKey);
  // One that nobody here has asked for undoes the payment of a cancelled order.
  if (asked ? asked.status === 'done' : order.status !== 'cancelled') return NOTHING;
  const reason = asked?.reason ?? CANCELLED;
  return [{ type: 'refunded', refundKey, amountMinor, totalMinor, reason, actor: asked?.actor }];
};

const decideRefundFailed = (
  { refundKey, amountMinor, reason }: CommandOf<'refund-failed'>,
  order: Order,
): Facts => {
  const asked = order.refunds.find((refund) => refund.refundKey === refundKey);
  // Nobody here has asked for the refund that undoes a cancelled order, but its money must not be forgotten.
  if (asked ? asked.status !== 'asked' : order.status !== 'cancelled') return NOTHING;
  return order.status === 'cancelled' && reason === 'AMOUNT_TOO_HIGH'
    ? [{ type: 'refund-dropped', refundKey, amountMinor }]
    : [{ type: 'refund-failed', refundKey, amountMinor, reason }];
};

const decideMoved = ({ attempt, status, detail }: CommandOf<'parcel-moved'>, order: Order): Facts => {
  const moved = { type: 'parcel-moved', attempt, status, detail } as const;
  if (attempt === order.attempt && order.status === 'confirmed') return [moved]; // remembered until it is shipped
  const whereabouts = order.parcels.find((parcel) => parcel.attempt === attempt)?.whereabouts;
  const isFound = whereabouts === 'lost' && (status === 'delivered' || status === 'returned');
  if (whereabouts !== 'under_way' && !isFound) return NOTHING;
  const end = endOf(status, order, attempt);
  if (end.some(({ type }) => type === 'delivered')) return end; // says it all
  const isNews = end.length > 0 || !isFinal(order) || status === 'delivered' || status === 'lost';
  return isNews ? [moved, ...end] : NOTHING;
};

/** What the carrier's news mean for the order, beyond being news. */
const endOf = (status: ParcelStatus, order: Order, attempt: number): Facts => {
  // The parcel that is told of just now is not among those sent yet.
  const isLast = order.status === 'confirmed' ? attempt === order.attempt : isDecidedBy(order, attempt);
  const opened = { type: 'case-opened', caseId: nextCaseId(order), attempt } as const;
  switch (status) {
    case 'delivered':
      return isLast || isTheOnlyHope(order) ? [{ type: 'delivered', attempt }] : NOTHING;
    case 'lost':
      return isLast ? [{ ...opened, kind: 'lost' }] : NOTHING;
    case 'returned':
      // Goods are back, whatever has become of the order: staff decide whether they can be sold.
      return [{ ...opened, kind: 'returned' }];
    case 'in_transit':
    case 'out_for_delivery':
      return NOTHING;
  }
};

/** The parcels that were sent later will not arrive. */
const isTheOnlyHope = (order: Order): boolean =>
  !isFinal(order) && !isToBeSent(order) && lastParcel(order)?.whereabouts !== 'under_way';

const decideTimeIsUp = ({ waitedIn, attempt }: CommandOf<'time-is-up'>, order: Order): Facts => {
  const wait = waitOf(order);
  if (wait?.waitedIn !== waitedIn || wait.attempt !== attempt) return NOTHING;
  const opened = { type: 'case-opened', caseId: nextCaseId(order), attempt } as const;
  switch (waitedIn) {
    case 'pending':
      return [{ type: 'cancelled', reason: 'timeout' }];
    case 'confirmed':
      // Cancelling pays all back, which would be wrong where goods may have arrived, or money went back elsewhere.
      return mayHaveArrived(order) || isSettledElsewhere(order)
        ? [{ ...opened, kind: 'overdue' }]
        : [{ type: 'cancel-requested', reason: 'timeout' }];
    case 'cancelling':
      return [{ ...opened, kind: 'cancel_unanswered' }];
    case 'replacement':
    case 'shipped':
      return [{ ...opened, kind: 'overdue' }];
  }
};
