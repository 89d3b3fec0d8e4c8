import { after } from '#kernel/clock.ts';
import { freeUnits } from './line-refunds.ts';
import type { Order } from './order.ts';
import { refundableMinor, type LineUnits } from './refunds.ts';

/** More returns of one order are not accepted: each sends mails. */
export const MOST_RETURNS = 20;

/** Until when returns are accepted. */
export interface ReturnTerms {
  /** From the delivery on. */
  readonly windowMs: number;
  readonly now: Date;
}

/** When customers may no longer return anything; undefined before the delivery. @param windowMs from the delivery on */
export const returnableUntil = (
  { status, timeline }: Pick<Order, 'status' | 'timeline'>,
  windowMs: number,
): Date | undefined => {
  if (status !== 'delivered') return undefined;
  const before = timeline.findLastIndex((entry) => entry.status !== 'delivered');
  const delivered = timeline[before + 1];
  return delivered && after(new Date(delivered.at), windowMs);
};

/** Units that customers may return; lines without any are left out. Nothing once all of the money is given back. */
export const returnableLines = (order: Order): readonly LineUnits[] =>
  order.status !== 'delivered' || (order.totalMinor > 0 && refundableMinor(order) === 0)
    ? []
    : order.lines
        .map((line) => ({ variantId: line.variantId, quantity: freeUnits(order, line) }))
        .filter(({ quantity }) => quantity > 0);
