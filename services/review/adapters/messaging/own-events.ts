import type { Handlers } from '#adapters/messaging/consumer.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { PublishRating } from '../../core/application/publish-ratings.ts';
import type { ReviewEvent } from '../../core/domain/events.ts';
import type { ReviewTx } from '../../core/ports/review-tx.ts';

/**
 * The rating of a product follows the facts about its reviews. A unit on MongoDB saves one document, so a review and the rating cannot
 * change together; what customers read is counted from the reviews themselves.
 */
export const ratingHandlers = (publishRating: PublishRating): Handlers<ReviewTx> => {
  const publish = async (tx: ReviewTx, events: readonly EventEnvelope<ReviewEvent>[]): Promise<void> => {
    for (const productId of new Set(events.map(({ payload }) => payload.product_id)))
      await publishRating(tx, productId);
  };
  return {
    'review.created': publish,
    'review.updated': publish,
    'review.approved': publish,
    'review.rejected': publish,
    'review.deleted': publish,
  };
};
