import { hasOpen, openCases } from './cases.ts';
import type { Order, SentParcel } from './order.ts';

/** Derived from the state of an order, to decide, to wait and to show: predicates, and the current wait. */

/** The parcel dispatched last. */
export const lastParcel = ({ parcels }: Order): SentParcel | undefined => parcels.at(-1);

/** The customer has one of the parcels, or may still get it. */
export const mayHaveArrived = ({ parcels }: Order): boolean =>
  parcels.some(({ whereabouts }) => whereabouts === 'delivered' || whereabouts === 'under_way');

/** A parcel is being prepared, so a refund must not end the order. */
export const isToBeSent = ({ status, awaitsReplacement }: Order): boolean =>
  status === 'confirmed' || awaitsReplacement;

/** A parcel is being prepared that nobody has asked to stop: it can be held, and released. */
export const isStillToBeSent = (order: Order): boolean =>
  (order.status === 'pending' || isToBeSent(order)) && order.cancelRequested === undefined;

export const correctionsOf = ({ corrections = 0 }: Pick<Order, 'corrections'>): number => corrections;

export const instructionsOf = ({ instructions = 0 }: Pick<Order, 'instructions'>): number => instructions;

/** Whether the tracking status of a parcel is that of the order: it is the last, and no other will be sent. */
export const isDecidedBy = (order: Order, attempt: number): boolean =>
  !isFinal(order) && !isToBeSent(order) && lastParcel(order)?.attempt === attempt;

/** The order has ended. Cases may be open, and refunds may be pending. */
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

/** The parcel waits until staff release it. */
export const isHeld = ({ hold }: Pick<Order, 'hold'>): boolean => hold?.isEffective === true;

/** What an order can wait for; each wait has a timeout. */
export type Waiting = 'pending' | 'confirmed' | 'cancelling' | 'shipped' | 'replacement';

export interface Wait {
  readonly waitedIn: Waiting;
  readonly attempt: number;
}

/** The current wait; undefined if the order has ended or waits for staff. It has at most one timer. */
export const waitOf = (order: Order): Wait | undefined => {
  const { status, attempt, awaitsReplacement, cancelRequested } = order;
  const unless = (isStaffs: boolean, waitedIn: Waiting, of = attempt): Wait | undefined =>
    isStaffs ? undefined : { waitedIn, attempt: of };
  if (isFinal(order)) return undefined;
  if (awaitsReplacement) return unless(hasOpen(order, 'overdue', attempt), 'replacement');
  if (status === 'pending') return unless(false, 'pending');
  if (status === 'confirmed')
    return cancelRequested === undefined
      ? unless(hasOpen(order, 'overdue', attempt) || isHeld(order), 'confirmed')
      : unless(hasOpen(order, 'cancel_unanswered', attempt), 'cancelling');
  const sent = lastParcel(order)?.attempt ?? attempt;
  return status === 'shipped' ? unless(hasOpen(order, 'overdue', sent), 'shipped', sent) : undefined;
};

/**
 * What moves the order on: open cases, a hold, a timer, pending refunds. Every order that is not final has
 * one; `test/properties/` checks this for all histories.
 */
export const whatMovesIt = (order: Order): readonly string[] => {
  const wait = waitOf(order);
  return [
    ...openCases(order).map(({ caseId, kind }) => `case ${caseId}: ${kind}`),
    ...(isHeld(order) ? ['hold'] : []),
    ...(wait ? [`timer ${timerKey(order, wait)}`] : []),
    ...order.refunds.filter(({ status }) => status === 'asked').map(({ refundKey }) => `refund ${refundKey}`),
  ];
};

export const timerKey = ({ orderId }: Order, { waitedIn, attempt }: Wait): string =>
  `${orderId}:${attempt}:${waitedIn}`;
