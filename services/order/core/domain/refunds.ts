import type { Actor } from './actor.ts';

/** Amounts are minor units of the order's currency. */
export interface RefundRequest {
  /** Tells the refunds of an order apart. */
  readonly refundKey: string;
  readonly amountMinor: number;
  readonly reason: string;
}

/** A refund of an order. */
export interface Refund extends RefundRequest {
  /**
   * `asked`: payment is at it; `done`; `failed`: refused, staff decides; `dropped`: goes back with the cancelled order;
   * `settled`: it failed, and the shopper got the money in some other way.
   */
  readonly status: 'asked' | 'done' | 'failed' | 'dropped' | 'settled';
  /** The person who has asked for it. */
  readonly actor?: Actor | undefined;
}

/** The reason of a refund that undoes the payment of a cancelled order; payment asks for it by itself. */
export const CANCELLED = 'cancelled';

interface Paid {
  readonly totalMinor: number;
  readonly refunds: readonly Refund[];
}

const sumOf = (refunds: readonly Refund[], ...statuses: readonly Refund['status'][]): number =>
  refunds
    .filter(({ status }) => statuses.includes(status))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** Minor units that went back on the card. */
export const doneMinor = ({ refunds }: Pick<Paid, 'refunds'>): number => sumOf(refunds, 'done');

/** Minor units that may still be refunded: neither gone nor on their way. */
export const refundableMinor = ({ totalMinor, refunds }: Paid): number =>
  Math.max(0, totalMinor - sumOf(refunds, 'asked', 'done', 'settled'));

/** Some went back in a way that payment does not know: it would pay that back again if the order were cancelled. */
export const isSettledElsewhere = ({ refunds }: Pick<Paid, 'refunds'>): boolean =>
  sumOf(refunds, 'settled') > 0;

/** Nothing of the money is left with the shop, nor on its way back. */
export const isPaidBack = ({ totalMinor, refunds }: Paid): boolean =>
  totalMinor <= sumOf(refunds, 'done', 'settled');

/** With one refund as `change` makes it. */
export const withRefund = (
  refunds: readonly Refund[],
  refundKey: string,
  change: (refund: Refund) => Refund,
): readonly Refund[] => refunds.map((refund) => (refund.refundKey === refundKey ? change(refund) : refund));
