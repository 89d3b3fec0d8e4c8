import type { UpstreamCommand } from './commands.ts';
import { hasOpen, nextCaseId, type CaseKind } from './cases.ts';
import type { Fact } from './events.ts';
import type { Order, ParcelStatus } from './order.ts';
import { CANCELLED, isSettledElsewhere } from './refunds.ts';
import {
  correctionsOf,
  instructionsOf,
  isDecidedBy,
  isFinal,
  isToBeSent,
  lastParcel,
  mayHaveArrived,
  waitOf,
} from './order-state.ts';

type CommandOf<T extends UpstreamCommand['type']> = Extract<UpstreamCommand, { readonly type: T }>;
type Facts = readonly Fact[];

const NOTHING: Facts = [];

/**
 * Decides an upstream's command. A command to an order that has moved on changes nothing: the upstream undoes its part
 * when it receives the cancellation.
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
      // Reports on the parcel, or a cancellation, may overtake it: they are on separate topics.
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
        // Shipping's reply may come after its parcel.
        ...readdressed(command.correction, order),
        { type: 'shipped', parcel: command.parcel },
        ...(order.earlyReport ? endOf(order.earlyReport, order, command.attempt) : []),
      ];
    case 'parcel-moved':
      return decideMoved(command, order);
    case 'parcel-cancelled':
      return command.attempt === order.attempt &&
        order.status === 'confirmed' &&
        order.cancelRequested !== undefined
        ? [{ type: 'cancelled', reason: order.cancelRequested }]
        : NOTHING;
    case 'parcel-held':
      return order.hold?.isEffective === false && command.instruction === instructionsOf(order)
        ? [{ type: 'held' }]
        : NOTHING;
    case 'parcel-readdressed':
      return readdressed(command.correction, order);
    case 'time-is-up':
      return decideTimeIsUp(command, order);
  }
};

const readdressed = (correction: number | undefined, order: Order): Facts => {
  const { addressRequest: wanted } = order;
  return wanted && correction === correctionsOf(order)
    ? [{ type: 'address-changed', address: wanted.address, actor: wanted.actor }]
    : NOTHING;
};

const isPaid = ({ payment }: Order): boolean =>
  payment.status === 'authorized' || payment.status === 'captured';

const isStockAwaited = ({ status, attempt, isReserved, awaitsReplacement }: Order, of: number): boolean =>
  of === attempt && !isReserved && (status === 'pending' || awaitsReplacement);

/** There is no replacement, so the order is about the original parcel again. */
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
  // An unknown refund undoes the payment of a cancelled order.
  if (asked ? asked.status === 'done' : order.status !== 'cancelled') return NOTHING;
  const reason = asked?.reason ?? CANCELLED;
  return [{ type: 'refunded', refundKey, amountMinor, totalMinor, reason, actor: asked?.actor }];
};

const decideRefundFailed = (
  { refundKey, amountMinor, reason }: CommandOf<'refund-failed'>,
  order: Order,
): Facts => {
  const asked = order.refunds.find((refund) => refund.refundKey === refundKey);
  // This service did not request the refund of a cancelled order, but must not lose track of its money.
  if (asked ? asked.status !== 'asked' : order.status !== 'cancelled') return NOTHING;
  return order.status === 'cancelled' && reason === 'AMOUNT_TOO_HIGH'
    ? [{ type: 'refund-dropped', refundKey, amountMinor }]
    : [{ type: 'refund-failed', refundKey, amountMinor, reason }];
};

const decideMoved = ({ attempt, status, detail }: CommandOf<'parcel-moved'>, order: Order): Facts => {
  const moved = { type: 'parcel-moved', attempt, status, detail } as const;
  if (attempt === order.attempt && order.status === 'confirmed') return [moved]; // kept until the parcel is shipped
  const whereabouts = order.parcels.find((parcel) => parcel.attempt === attempt)?.whereabouts;
  const isFound = whereabouts === 'lost' && (status === 'delivered' || status === 'returned');
  if (whereabouts !== 'under_way' && !isFound) return NOTHING;
  const end = endOf(status, order, attempt);
  if (end.some(({ type }) => type === 'delivered')) return end; // the report itself is enough
  const isNews = end.length > 0 || !isFinal(order) || status === 'delivered' || status === 'lost';
  return isNews ? [moved, ...end] : NOTHING;
};

/** What a carrier report means for the order, beyond the report itself. */
const endOf = (status: ParcelStatus, order: Order, attempt: number): Facts => {
  // The parcel of this report does not count as dispatched yet.
  const isLast = order.status === 'confirmed' ? attempt === order.attempt : isDecidedBy(order, attempt);
  const opened = { type: 'case-opened', caseId: nextCaseId(order), attempt } as const;
  switch (status) {
    case 'delivered':
      return isLast || isLastExpected(order) ? [{ type: 'delivered', attempt }] : NOTHING;
    case 'lost':
      return isLast ? [{ ...opened, kind: 'lost' }] : NOTHING;
    case 'returned':
      // Goods are back, whatever the state of the order: staff decide whether they can be sold.
      return [{ ...opened, kind: 'returned' }];
    case 'in_transit':
    case 'out_for_delivery':
      return NOTHING;
  }
};

/** Later parcels will not arrive. */
const isLastExpected = (order: Order): boolean =>
  !isFinal(order) && !isToBeSent(order) && lastParcel(order)?.whereabouts !== 'under_way';

const decideTimeIsUp = ({ waitedIn, attempt }: CommandOf<'time-is-up'>, order: Order): Facts => {
  const wait = waitOf(order);
  if (wait?.waitedIn !== waitedIn || wait.attempt !== attempt) return NOTHING;
  const opened = { type: 'case-opened', caseId: nextCaseId(order), attempt } as const;
  switch (waitedIn) {
    case 'pending':
      return [{ type: 'cancelled', reason: 'timeout' }];
    case 'confirmed':
      // Cancelling refunds everything, which is wrong if goods may have arrived or money was returned in another way.
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
