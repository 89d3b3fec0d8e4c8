import { each, type Handlers } from '#adapters/messaging/consumer.ts';
import type { EventEnvelope, EventPayloads } from '#kernel/events.ts';
import type { makeFollowRating } from '../../core/application/follow-ratings.ts';
import type { ProductRating } from '../../core/domain/rating.ts';
import type { CatalogTx } from '../../core/ports/catalog-tx.ts';

const toRating = ({
  product_id,
  version,
  average,
  count,
}: EventPayloads['review.rating_changed']): ProductRating => ({
  productId: product_id,
  version,
  average,
  count,
});

type RatingChanged = EventEnvelope<'review.rating_changed'>;

const byProduct = (a: RatingChanged, b: RatingChanged): number =>
  a.payload.product_id < b.payload.product_id ? -1 : 1;

/** Products are changed in the order of their IDs, so that two instances do not wait for each other. */
export const ratingHandlers = (follow: ReturnType<typeof makeFollowRating>): Handlers<CatalogTx> => {
  const followEach = each<CatalogTx, 'review.rating_changed'>((tx, { payload }) =>
    follow(tx, toRating(payload)),
  );
  return {
    'review.rating_changed': (tx, events) => followEach(tx, events.toSorted(byProduct)),
  };
};
