import type { Actor } from './actor.ts';

/** Amounts are minor units of the order's currency. */
export interface RefundRequest {
  /** Unique within the order. */
  readonly refundKey: string;
  readonly amountMinor: number;
  readonly reason: string;
  /** What the amount is for, if staff refunded lines; they add up to it. */
  readonly parts?: RefundParts;
  /** The return that it is for. */
  readonly returnId?: string;
}

export interface RefundParts {
  readonly lines: readonly LineRefund[];
  readonly shippingMinor: number;
}

export interface LineUnits {
  readonly variantId: string;
  readonly quantity: number;
}

/** With a quantity of 0, what goods sent in exchange cost less: no units are given back. */
export interface LineRefund extends LineUnits {
  readonly amountMinor: number;
}

/** What staff wish to refund by lines. */
export interface RefundWish {
  /** A variant that is named twice counts twice. */
  readonly lines: readonly LineUnits[];
  readonly shipping: boolean;
  /** The return whose units these are; without it, units in returns are not refunded. */
  readonly returnId?: string;
}

/** A refund of an order. */
export interface Refund extends RefundRequest {
  /**
   * `asked`: payment is at work; `done`; `failed`: refused, staff decide; `dropped`: included in the cancellation;
   * `settled`: it failed, and the customer got the money in another way.
   */
  readonly status: 'asked' | 'done' | 'failed' | 'dropped' | 'settled';
  /** The requesting person. */
  readonly actor?: Actor | undefined;
}

/** The reason of a refund that undoes the payment of a cancelled order; payment starts it by itself. */
export const CANCELLED = 'cancelled';

interface Paid {
  readonly totalMinor: number;
  readonly refunds: readonly Refund[];
}

const sumOf = (refunds: readonly Refund[], ...statuses: readonly Refund['status'][]): number =>
  refunds
    .filter(({ status }) => statuses.includes(status))
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** Minor units refunded on the card. */
export const doneMinor = ({ refunds }: Pick<Paid, 'refunds'>): number => sumOf(refunds, 'done');

/** Minor units that can still be refunded: neither refunded nor pending. */
export const refundableMinor = ({ totalMinor, refunds }: Paid): number =>
  Math.max(0, totalMinor - sumOf(refunds, 'asked', 'done', 'settled'));

/** Minor units that the customer got back in another way. */
export const settledMinor = ({ refunds }: Pick<Paid, 'refunds'>): number => sumOf(refunds, 'settled');

/** Part was returned in a way unknown to payment: cancelling the order would refund that part twice. */
export const isSettledElsewhere = ({ refunds }: Pick<Paid, 'refunds'>): boolean =>
  settledMinor({ refunds }) > 0;

/** All money is refunded, and no refund is pending. */
export const isPaidBack = ({ totalMinor, refunds }: Paid): boolean =>
  totalMinor <= sumOf(refunds, 'done', 'settled');

/** Applies `change` to one refund. */
export const withRefund = (
  refunds: readonly Refund[],
  refundKey: string,
  change: (refund: Refund) => Refund,
): readonly Refund[] => refunds.map((refund) => (refund.refundKey === refundKey ? change(refund) : refund));
