import type { Money } from '#kernel/money.ts';

/** What the service knows about an order. Facts about it arrive in any order, and more than once. */
export interface Purchase {
  /** The ID of the order. */
  readonly id: string;
  /** Counts changes from 1. */
  readonly revision: number;
  /** Of a guest the order's own ID, until a user claims the order. */
  readonly userId: string;
  /** Empty until the order's lines are known. */
  readonly productIds: readonly string[];
  /** In minor units; absent until it is known. */
  readonly totalMinor?: number;
  readonly refundedMinor: number;
  /** What was refunded in other ways, which is not part of `refundedMinor`; absent if there never was any. */
  readonly settledMinor?: number;
  /** Products of which each unit was refunded, though not the whole order; absent if there never were any. */
  readonly refundedProductIds?: readonly string[];
  readonly isDelivered: boolean;
}

/** A fact about an order of a customer. */
export interface PurchaseFact {
  readonly orderId: string;
  readonly userId: string;
  readonly placed?: { readonly productIds: readonly string[]; readonly total: Money };
  readonly isDelivered?: true;
  /** All that was refunded so far: the largest is the newest. */
  readonly refundedTotal?: Money;
  /** All that was refunded in other ways so far. */
  readonly settledTotal?: Money;
  /** Products of which each unit is refunded. */
  readonly refundedProductIds?: readonly string[] | undefined;
}

/** The order after a fact, which may be known already; facts commute. */
export const withFact = (before: Purchase | undefined, fact: PurchaseFact): Purchase => {
  const { orderId, userId, placed, isDelivered = false, refundedProductIds = [] } = fact;
  const { refundedTotal, settledTotal } = fact;
  const known: Omit<Purchase, 'revision'> = before ?? {
    id: orderId,
    userId,
    productIds: [],
    refundedMinor: 0,
    isDelivered: false,
  };
  const refunded = new Set([...(before?.refundedProductIds ?? []), ...refundedProductIds]);
  return {
    ...known,
    userId: known.userId === orderId ? userId : known.userId,
    revision: (before?.revision ?? 0) + 1,
    ...(placed && { productIds: [...new Set(placed.productIds)].sort(), totalMinor: placed.total.minor }),
    refundedMinor: Math.max(known.refundedMinor, refundedTotal?.minor ?? 0),
    ...(settledTotal && { settledMinor: Math.max(known.settledMinor ?? 0, settledTotal.minor) }),
    ...(refunded.size > 0 && { refundedProductIds: [...refunded].sort() }),
    isDelivered: known.isDelivered || isDelivered,
  };
};

/**
 * All that was paid for the product was refunded, so that it no longer entitles to a review: by its lines, or with the whole order. An
 * order for nothing is never refunded.
 */
export const isRefunded = (
  { refundedMinor, settledMinor = 0, totalMinor, refundedProductIds = [] }: Purchase,
  productId: string,
): boolean => {
  const paidBack = refundedMinor + settledMinor;
  const isAllPaidBack = totalMinor !== undefined && paidBack > 0 && paidBack >= totalMinor;
  return isAllPaidBack || refundedProductIds.includes(productId);
};

/** The products that the customer may review for this order. */
export const reviewable = (purchase: Purchase): readonly string[] =>
  purchase.isDelivered ? purchase.productIds.filter((productId) => !isRefunded(purchase, productId)) : [];
