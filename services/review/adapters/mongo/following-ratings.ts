import { NextFlight } from '#adapters/batching/single-flight.ts';
import type { MongoDatabase } from '#adapters/mongo/mongo-database.ts';
import type { MongoUnit } from '#adapters/mongo/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { RecountRating } from '../../core/application/publish-ratings.ts';
import { unrated } from '../../core/domain/rating.ts';
import type { Review } from '../../core/domain/review.ts';
import type { ReviewTx } from '../../core/ports/review-tx.ts';
import { RATINGS, REVIEWS } from '../kinds.ts';
import { allDebts, debtsOf, isOwing, pay } from './debts.ts';
import { putRecord } from './records.mongo.ts';

/*
 * On MongoDB, a unit saves one document, so a review and the rating of its product do not change together. A review that changes what
 * counts says in the same write that the rating owes it (`RecordKind.owes`); the rating follows at once, in a unit of its own, and then
 * the review owes nothing. Until then, readers count the reviews.
 */

type Unit = UnitOfWork<ReviewTx & { readonly unit: MongoUnit }>;

/** Reviews that one settlement looks at, and products that one sweep does. */
const AT_ONCE = 500;

/** Whether the rating of a product may lack a change of a review. */
export const isBehind = async (database: MongoDatabase, productId: string): Promise<boolean> =>
  (await debtsOf(database, REVIEWS, productId, 1)).length > 0;

/** Brings the rating of a product up to date. */
export type SettleRating = (productId: string) => Promise<void>;

/** Those that ask for the same product meanwhile share the next turn. */
export const makeSettleRating = (
  database: MongoDatabase,
  unitOfWork: Unit,
  recount: RecountRating,
): SettleRating => {
  const settle = async (productId: string): Promise<void> => {
    const debts = await debtsOf(database, REVIEWS, productId, AT_ONCE);
    if (debts.length === 0) return;
    await unitOfWork.run(async (tx) => {
      const rating = (await tx.ratings.find(productId)) ?? unrated(productId);
      // Written even if it stays the same: a unit that has counted before these reviews must not write its count later.
      await putRecord(tx.unit, RATINGS, rating);
      await recount(tx, productId);
    });
    for (const debt of debts) await unitOfWork.run(({ unit }) => pay(unit, REVIEWS, debt));
  };
  const turns = new NextFlight<void>();
  return (productId) => turns.share(productId, () => settle(productId));
};

/** The units of the service: after each, the rating follows the review that it saved. If that fails, the sweep catches up. */
export const followedByRating = (unitOfWork: Unit, settle: SettleRating): UnitOfWork<ReviewTx> => ({
  aggregatesPerUnit: 1,
  run: async (work) => {
    let owing: string | undefined;
    const result = await unitOfWork.run((tx) => {
      owing = undefined;
      const save = async (review: Review): Promise<void> => {
        await tx.reviews.save(review);
        if (await isOwing(tx.unit, REVIEWS, review.id)) owing = review.productId;
      };
      return work({ ...tx, reviews: { ...tx.reviews, save } });
    });
    if (owing !== undefined) await settle(owing).catch(() => undefined);
    return result;
  },
});

/** For reviews whose process died before the rating followed. */
export const makeSettleAll = (database: MongoDatabase, settle: SettleRating) => async (): Promise<void> => {
  for (const productId of await allDebts(database, REVIEWS, AT_ONCE)) await settle(productId);
};
