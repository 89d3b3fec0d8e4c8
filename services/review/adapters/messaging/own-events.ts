import type { Handlers } from '#adapters/messaging/consumer.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { RecountRating } from '../../core/application/publish-ratings.ts';
import type { ReviewEvent } from '../../core/domain/events.ts';
import type { ReviewTx } from '../../core/ports/review-tx.ts';

/**
 * Where a review and the rating of its product cannot change together, the rating follows the facts about the reviews: they are
 * counted again, so the order of facts and their repetition do not matter.
 */
export const ratingHandlers = (recount: RecountRating): Handlers<ReviewTx> => {
  const publish = async (tx: ReviewTx, events: readonly EventEnvelope<ReviewEvent>[]): Promise<void> => {
    for (const productId of new Set(events.map(({ payload }) => payload.product_id)))
      await recount(tx, productId);
  };
  return {
    'review.created': publish,
    'review.updated': publish,
    'review.approved': publish,
    'review.rejected': publish,
    'review.deleted': publish,
  };
};
