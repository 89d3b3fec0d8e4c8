import type { ToWire } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Publication } from '../domain/events.ts';
import { republish } from '../domain/rating.ts';
import type { ReviewQueries } from '../ports/review-queries.ts';
import type { ReviewTx } from '../ports/review-tx.ts';
import { publishRating } from './tools.ts';

/** Reviews read at once. */
const BATCH = 500;

/**
 * Counts the reviews of a product again, and publishes its rating if that has changed. What was published is read before the reviews
 * are counted, and guards the write: of two units at once, the one with the older count starts again.
 * @returns whether it was published
 */
export type RecountRating = (tx: ReviewTx, productId: string) => Promise<boolean>;

export const makeRecountRating =
  (toWire: ToWire<Publication>): RecountRating =>
  async (tx, productId) => {
    const before = await tx.ratings.find(productId);
    return publishRating(tx, toWire, republish(productId, before, await tx.reviews.count(productId)));
  };

/** Corrects and publishes all ratings that differ from the reviews; returns how many. */
export const makeRepairRatings =
  (unitOfWork: UnitOfWork<ReviewTx>, { all }: Pick<ReviewQueries, 'all'>, recount: RecountRating) =>
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
      if (await unitOfWork.run((tx) => recount(tx, productId))) published += 1;
    return published;
  };
