import type { EventPayloads, NewEvent } from '#kernel/events.ts';
import type { Publication } from '../../core/domain/events.ts';
import { ratingOf } from '../../core/domain/rating.ts';
import type { Review } from '../../core/domain/review.ts';

/** A publication in its wire format. */
export const toWire = (publication: Publication): NewEvent => {
  if (publication.type === 'review.rating_changed') {
    const { id, revision, histogram } = publication.rating;
    const { average, count } = ratingOf(histogram);
    return {
      type: publication.type,
      aggregateId: id,
      aggregateVersion: revision,
      payload: { product_id: id, version: revision, average, count },
    };
  }
  const { type, review } = publication;
  const about = { aggregateId: review.id, aggregateVersion: review.version };
  const { rejection } = review;
  return type === 'review.rejected' && rejection
    ? {
        type,
        ...about,
        payload: {
          ...factOf(review),
          reason: rejection.reason,
          ...(rejection.note === undefined ? {} : { note: rejection.note }),
        },
      }
    : { type, ...about, payload: factOf(review) };
};

const factOf = (review: Review): EventPayloads['review.created'] => ({
  review_id: review.id,
  product_id: review.productId,
  user_id: review.userId,
  order_id: review.orderId,
  version: review.version,
  rating: review.rating,
  status: review.status,
  language: review.language,
  incentivised: review.incentivised,
  ...(review.media && { media_ids: review.media.map(({ mediaId }) => mediaId) }),
  created_at: review.createdAt,
  updated_at: review.updatedAt,
});
