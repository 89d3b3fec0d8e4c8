import { openCases, type Case } from './cases.ts';
import type { Order } from './order.ts';

/** Reads events from before cases had ids and refunds their keys: which of them such an event was about. */

/**
 * An order had room for one case then, which the next one overwrote; a parcel's stayed where a refund failed beside
 * it. So a decision was about the parcel, if one was open, and the money that was owed beside it is owed still.
 */
export const casesMeant = (order: Order): readonly Case[] => {
  const open = openCases(order);
  const aboutParcels = open.filter(({ kind }) => kind !== 'refund_failed');
  return aboutParcels.length > 0 ? aboutParcels : open;
};

/** The key of the refund that was on its way with this amount. */
export const refundMeant = ({ refunds }: Order, amountMinor: number): string =>
  refunds.find((refund) => refund.status === 'asked' && refund.amountMinor === amountMinor)?.refundKey ??
  `unknown-${refunds.length + 1}`;
