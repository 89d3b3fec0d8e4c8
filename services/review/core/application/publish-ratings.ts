import type { ToWire } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Publication } from '../domain/events.ts';
import { republish } from '../domain/rating.ts';
import type { ReviewQueries } from '../ports/review-queries.ts';
import type { ReviewTx } from '../ports/review-tx.ts';

/** Reviews read at once. */
const BATCH = 500;

/**
 * Counts the reviews of a product again, and publishes its rating if that has changed. What was published is read before the reviews
 * are counted, and guards the write: of two units at once, the one with the older count starts again.
 * @returns whether it was published
 */
export type PublishRating = (tx: ReviewTx, productId: string) => Promise<boolean>;

export const makePublishRating =
  (toWire: ToWire<Publication>): PublishRating =>
  async ({ reviews, ratings, outbox }, productId) => {
    const before = await ratings.find(productId);
    const rating = republish(productId, before, await reviews.histogram(productId));
    if (!rating) return false;
    await ratings.save(rating);
    await outbox.add(toWire({ type: 'review.rating_changed', rating }));
    return true;
  };

/** Publishes all ratings that differ from the reviews; returns how many. */
export const makeRepairRatings =
  (unitOfWork: UnitOfWork<ReviewTx>, { all }: Pick<ReviewQueries, 'all'>, publishRating: PublishRating) =>
  async (): Promise<number> => {
    const productIds = new Set<string>();
    for (let after: string | undefined; ;) {
      const reviews = await all(after, BATCH);
      for (const { productId } of reviews) productIds.add(productId);
      after = reviews.at(-1)?.id;
      if (reviews.length < BATCH) break;
    }
    let published = 0;
    for (const productId of productIds)
      if (await unitOfWork.run((tx) => publishRating(tx, productId))) published += 1;
    return published;
  };
