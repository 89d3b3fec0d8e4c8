import { openCases, type Case } from './cases.ts';
import type { Order } from './order.ts';

/** Reads events from before cases had ids and refunds had keys: finds the case or refund that such an event means. */

/**
 * An order could have one case then, which the next one overwrote; a parcel's case remained when a refund failed in
 * addition. So a decision was about the parcel if a case was open for it, and the failed refund is still owed.
 */
export const casesMeant = (order: Order): readonly Case[] => {
  const open = openCases(order);
  const aboutParcels = open.filter(({ kind }) => kind !== 'refund_failed');
  return aboutParcels.length > 0 ? aboutParcels : open;
};

/** Key of the pending refund with this amount. */
export const refundMeant = ({ refunds }: Order, amountMinor: number): string =>
  refunds.find((refund) => refund.status === 'asked' && refund.amountMinor === amountMinor)?.refundKey ??
  `unknown-${refunds.length + 1}`;
