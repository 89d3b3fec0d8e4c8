import { systemIds } from '#adapters/system/ids.ts';
import type { Purchase } from '../core/domain/purchase.ts';
import { writeReview, type Review } from '../core/domain/review.ts';
import { OTHER_PRODUCT, PRODUCT } from './review.rig.ts';

const AT = '2026-03-01T12:00:00.000Z';

/** An approved review by a shopper of its own. */
export const aReview = (changes: Partial<Review> = {}): Review => ({
  ...writeReview(
    {
      id: systemIds.next(),
      productId: PRODUCT,
      userId: systemIds.next(),
      orderId: systemIds.next(),
      author: 'Sam S.',
    },
    { rating: 5, title: 'Warm', text: 'I wear it.', language: 'en', incentivised: false },
    { reasons: [], sketch: [] },
    AT,
  ),
  ...changes,
});

/** A delivered order for two products. */
export const aPurchase = (changes: Partial<Purchase> = {}): Purchase => ({
  id: systemIds.next(),
  revision: 1,
  userId: systemIds.next(),
  productIds: [PRODUCT, OTHER_PRODUCT],
  totalMinor: 2_000,
  refundedMinor: 0,
  isDelivered: true,
  ...changes,
});
