import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { OrderCommand } from './commands.ts';
import { isFinal, refundableMinor, type Order, type OrderEvent, type ParcelStatus } from './order.ts';

export type OrderRefusal = Refusal<
  | 'ORDER_NOT_CANCELLABLE'
  | 'NO_OPEN_CASE'
  | 'NOT_RESHIPPABLE'
  | 'NOT_REFUNDABLE'
  | 'REFUND_TOO_HIGH'
  | 'CURRENCY_MISMATCH'
>;

type Decision = Result<readonly OrderEvent[], OrderRefusal>;

/** An event before its time is known. */
type Fact = OrderEvent extends infer E ? (E extends OrderEvent ? Omit<E, 'at'> : never) : never;

/**
 * What follows from `command`. Reports about an order that has moved on change nothing: whoever sent them undoes
 * its part when it hears of the cancellation.
 */
export const decide = (command: OrderCommand, order: Order, now: Date): Decision => {
  const at = now.toISOString();
  const happened = (...facts: readonly Fact[]): Decision => ok(facts.map((fact) => ({ ...fact, at })));
  const nothing = happened();

  switch (command.type) {
    case 'stock-reserved':
      if (command.attempt !== order.attempt || order.isReserved || isFinal(order)) return nothing;
      return isPaid(order)
        ? happened({ type: 'stock-reserved' }, { type: 'confirmed' })
        : happened({ type: 'stock-reserved' });

    case 'out-of-stock':
      if (command.attempt !== order.attempt || order.isReserved || isFinal(order)) return nothing;
      return order.attempt === 1
        ? happened({ type: 'cancelled', reason: 'out_of_stock' })
        : happened({ type: 'case-opened', kind: order.status === 'returned' ? 'returned' : 'lost' });

    case 'payment-authorized': {
      if (order.status !== 'pending' || order.payment.status !== 'pending') return nothing;
      const { brand, last4 } = command;
      const authorized = { type: 'payment-authorized', brand, last4 } as const;
      return order.isReserved ? happened(authorized, { type: 'confirmed' }) : happened(authorized);
    }

    case 'payment-captured': {
      // The parcel's news may overtake it: they come on topics of their own.
      const isWanted = order.status !== 'pending' && order.status !== 'cancelled';
      return isWanted && order.payment.status === 'authorized'
        ? happened({ type: 'payment-captured' })
        : nothing;
    }

    case 'payment-failed':
      // Nothing is dispatched before the capture, so a refused capture can still cancel.
      if (isFinal(order) || order.payment.status === 'captured') return nothing;
      return happened(
        { type: 'payment-failed', reason: command.reason },
        { type: 'cancelled', reason: 'payment_failed' },
      );

    case 'payment-refunded': {
      // A refund that nobody asked for undoes the payment of a cancelled order; that is payment's own affair.
      const asked = order.refundsAsked.find(({ refundKey }) => refundKey === command.refundKey);
      if (!asked || order.refundedMinor >= command.totalMinor) return nothing;
      const { amountMinor, totalMinor } = command;
      return happened({ type: 'refunded', amountMinor, totalMinor, reason: asked.reason });
    }

    case 'refund-failed': {
      const { refundKey, amountMinor, reason } = command;
      const isMine = (refund: { readonly refundKey: string }): boolean => refund.refundKey === refundKey;
      // Nobody here has asked for the refund that undoes a cancelled order, but its money must not be forgotten.
      const isOurs = order.refundsAsked.some(isMine) || order.status === 'cancelled';
      if (!isOurs || order.refundsFailed.some(isMine)) return nothing;
      const failed = { type: 'refund-failed', refundKey, amountMinor, reason } as const;
      return order.openCase === undefined
        ? happened(failed, { type: 'case-opened', kind: 'refund_failed' })
        : happened(failed);
    }

    case 'parcel-dispatched': {
      if (command.attempt !== order.attempt || order.status !== 'confirmed') return nothing;
      const shipped = { type: 'shipped', parcel: command.parcel } as const;
      const news = order.earlyNews && consequenceOf(order.earlyNews);
      return news ? happened(shipped, news) : happened(shipped);
    }

    case 'parcel-moved': {
      const { status, detail } = command;
      const isFound = order.status === 'lost' && status === 'delivered';
      const isAwaited = order.status === 'shipped' || order.status === 'confirmed' || isFound;
      if (command.attempt !== order.attempt || !isAwaited) return nothing;
      const moved = { type: 'parcel-moved', status, detail } as const;
      const news = order.status === 'confirmed' ? undefined : consequenceOf(status);
      if (news?.type === 'delivered') return happened(news); // says it all
      return news ? happened(moved, news) : happened(moved);
    }

    case 'parcel-cancelled':
      return command.attempt === order.attempt &&
        order.status === 'confirmed' &&
        order.cancelRequested !== undefined
        ? happened({ type: 'cancelled', reason: order.cancelRequested })
        : nothing;

    case 'time-is-up':
      if (command.waitedIn !== order.status || command.attempt !== order.attempt) return nothing;
      if (order.status === 'pending') return happened({ type: 'cancelled', reason: 'timeout' });
      if (order.status === 'shipped') return happened({ type: 'case-opened', kind: 'overdue' });
      return order.cancelRequested === undefined
        ? happened({ type: 'cancel-requested', reason: 'timeout' })
        : nothing;

    case 'cancel':
      if (order.status === 'cancelled' || order.cancelRequested !== undefined) return nothing;
      if (order.status === 'pending') return happened({ type: 'cancelled', reason: command.reason });
      if (order.status === 'confirmed') return happened({ type: 'cancel-requested', reason: command.reason });
      return refuse('ORDER_NOT_CANCELLABLE', `The order is ${order.status} by now.`);

    case 'resolve-case': {
      if (order.openCase === undefined)
        return refuse('NO_OPEN_CASE', 'Nothing about this order waits for staff.');
      const { resolution, restock } = command;
      const resolved = { type: 'case-resolved', resolution, restock } as const;
      if (resolution === 'dismiss') return happened(resolved);
      if (resolution === 'reship')
        return isReshippable(order)
          ? happened(resolved, { type: 'reship-requested' })
          : refuse('NOT_RESHIPPABLE', 'Its parcel has arrived or is under way, or it is paid back.');
      const amountMinor = toPayBack(order);
      if (amountMinor <= 0) return happened(resolved);
      // One of its own each time: payment never tries a refused one again.
      const refundKey = `case-${order.refundsAsked.length + order.refundsFailed.length + 1}`;
      const refund = { refundKey, amountMinor, reason: order.openCase };
      return happened(resolved, { type: 'refund-requested', refund });
    }

    case 'refund': {
      const { refundKey, reason } = command;
      const { minor: amountMinor, currency } = command.amount;
      if (currency !== order.currency)
        return refuse('CURRENCY_MISMATCH', `The order is in ${order.currency}.`);
      if (order.refundsAsked.some((refund) => refund.refundKey === refundKey)) return nothing;
      if (order.payment.status !== 'captured' || order.status === 'cancelled')
        return refuse('NOT_REFUNDABLE', 'Nothing was paid for this order, or it was paid back already.');
      if (amountMinor > refundableMinor(order))
        return refuse('REFUND_TOO_HIGH', 'That is more than what is left to refund.');
      if (amountMinor === refundableMinor(order) && isToBeSent(order))
        return refuse('NOT_REFUNDABLE', 'A parcel is about to be sent; cancel the order, or wait.');
      return happened({ type: 'refund-requested', refund: { refundKey, amountMinor, reason } });
    }
  }
};

const isPaid = ({ payment }: Order): boolean =>
  payment.status === 'authorized' || payment.status === 'captured';

/** Goods are on their way to a parcel, so the order must not end by being paid back. */
const isToBeSent = ({ status, attempt, isReserved, openCase }: Order): boolean =>
  status === 'confirmed' || (attempt > 1 && !isReserved && openCase === undefined);

/** Nothing is sent again that is over or under way, because of money, or that is paid back. */
const isReshippable = (order: Order): boolean =>
  (order.openCase !== 'refund_failed' || order.status === 'lost' || order.status === 'returned') &&
  refundableMinor(order) > 0;

/** What a case that is resolved by a refund comes to: what was refused, or else all that is left. */
const toPayBack = (order: Order): number => {
  const left = refundableMinor(order);
  if (order.openCase !== 'refund_failed') return left;
  const refused = order.refundsFailed.filter(({ isOpen }) => isOpen);
  return Math.min(
    left,
    refused.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  );
};

/** What the carrier's news mean for the order, beyond being news. */
const consequenceOf = (status: ParcelStatus): Fact | undefined => {
  if (status === 'delivered') return { type: 'delivered' };
  if (status === 'lost' || status === 'returned') return { type: 'case-opened', kind: status };
  return undefined;
};
