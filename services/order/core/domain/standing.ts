import { hasOpen, openCases } from './cases.ts';
import type { Order, SentParcel } from './order.ts';

/** How an order stands: what is said here follows from its state, and is used to decide, to wait and to show. */

/** The parcel that was sent last. */
export const lastParcel = ({ parcels }: Order): SentParcel | undefined => parcels.at(-1);

/** The shopper has one of the parcels, or may get it yet. */
export const mayHaveArrived = ({ parcels }: Order): boolean =>
  parcels.some(({ whereabouts }) => whereabouts === 'delivered' || whereabouts === 'under_way');

/** Goods are on their way to a parcel, so the order must not end by being paid back. */
export const isToBeSent = ({ status, awaitsReplacement }: Order): boolean =>
  status === 'confirmed' || awaitsReplacement;

/** Whether the whereabouts of a parcel are those of the order: it is the last, and no other will be sent. */
export const isDecidedBy = (order: Order, attempt: number): boolean =>
  !isFinal(order) && !isToBeSent(order) && lastParcel(order)?.attempt === attempt;

/** The order is over. Cases may be open, and money may still go back. */
export const isFinal = (order: Order): boolean =>
  order.status === 'delivered' ||
  order.status === 'cancelled' ||
  order.status === 'refunded' ||
  (order.status === 'returned' && !order.awaitsReplacement && isLeftReturned(order));

const isLeftReturned = (order: Order): boolean =>
  order.cases.some(
    ({ kind, attempt, resolution }) =>
      kind === 'returned' && attempt === lastParcel(order)?.attempt && resolution === 'dismiss',
  );

/** What an order can wait for, and with which patience. */
export type Waiting = 'pending' | 'confirmed' | 'cancelling' | 'shipped' | 'replacement';

export interface Wait {
  readonly waitedIn: Waiting;
  readonly attempt: number;
}

/** What the order waits for others to do; nothing where it is over or waits for staff. It has one timer at most. */
export const waitOf = (order: Order): Wait | undefined => {
  const { status, attempt, awaitsReplacement, cancelRequested } = order;
  const unless = (isStaffs: boolean, waitedIn: Waiting, of = attempt): Wait | undefined =>
    isStaffs ? undefined : { waitedIn, attempt: of };
  if (isFinal(order)) return undefined;
  if (awaitsReplacement) return unless(hasOpen(order, 'overdue', attempt), 'replacement');
  if (status === 'pending') return unless(false, 'pending');
  if (status === 'confirmed')
    return cancelRequested === undefined
      ? unless(hasOpen(order, 'overdue', attempt), 'confirmed')
      : unless(hasOpen(order, 'cancel_unanswered', attempt), 'cancelling');
  const sent = lastParcel(order)?.attempt ?? attempt;
  return status === 'shipped' ? unless(hasOpen(order, 'overdue', sent), 'shipped', sent) : undefined;
};

/**
 * What will move the order on: cases that wait for staff, a timer, refunds that payment is at. No order that is not
 * final may be without; `test/properties/` holds every history to that.
 */
export const whatMovesIt = (order: Order): readonly string[] => {
  const wait = waitOf(order);
  return [
    ...openCases(order).map(({ caseId, kind }) => `case ${caseId}: ${kind}`),
    ...(wait ? [`timer ${timerKey(order, wait)}`] : []),
    ...order.refunds.filter(({ status }) => status === 'asked').map(({ refundKey }) => `refund ${refundKey}`),
  ];
};

export const timerKey = ({ orderId }: Order, { waitedIn, attempt }: Wait): string =>
  `${orderId}:${attempt}:${waitedIn}`;
