import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Publication, ReviewEvent } from '../domain/events.ts';
import { NO_REVIEWS, recounted, republish, type ProductRating } from '../domain/rating.ts';
import { countedStars, type Review } from '../domain/review.ts';
import type { ReviewTx } from '../ports/review-tx.ts';

/** What use cases change reviews with. */
export interface Tools {
  readonly unitOfWork: UnitOfWork<ReviewTx>;
  readonly clock: Clock;
  readonly toWire: ToWire<Publication>;
}

export type ReviewNotFound = Refusal<'REVIEW_NOT_FOUND'>;
export type Stale = Refusal<'PRECONDITION_FAILED'>;

export const REVIEW_NOT_FOUND = refuse('REVIEW_NOT_FOUND', 'There is no such review.');

/**
 * Saves a review with the fact that it is what it is now, and with the rating of its product. Where a unit saves one object, the
 * store has the rating follow.
 * @param before the review before the change; absent if it is new
 */
export const saveReview = async (
  { unitOfWork, toWire }: Pick<Tools, 'unitOfWork' | 'toWire'>,
  tx: ReviewTx,
  type: ReviewEvent,
  review: Review,
  before?: Review,
): Promise<void> => {
  const rating = savesOne(unitOfWork) ? undefined : await ratingAfter(tx, review, before); // read before the writes, which go together
  await tx.reviews.save(review);
  await tx.outbox.add(toWire({ type, review }));
  await publishRating(tx, toWire, rating);
};

/** The rating of the product if the change of a review changes it. */
const ratingAfter = async (
  { ratings }: ReviewTx,
  review: Review,
  before: Review | undefined,
): Promise<ProductRating | undefined> => {
  const [insteadOf, stars] = [countedStars(before), countedStars(review)];
  if (insteadOf === stars) return undefined;
  const known = await ratings.lock(review.productId);
  return republish(review.productId, known, recounted(known?.histogram ?? NO_REVIEWS, insteadOf, stars));
};

/** Whether a review and the rating of its product cannot change together. */
export const savesOne = ({ aggregatesPerUnit }: Pick<UnitOfWork<ReviewTx>, 'aggregatesPerUnit'>): boolean =>
  aggregatesPerUnit === 1;

/** @returns whether there was something to publish */
export const publishRating = async (
  { ratings, outbox }: Pick<ReviewTx, 'ratings' | 'outbox'>,
  toWire: ToWire<Publication>,
  rating: ProductRating | undefined,
): Promise<boolean> => {
  if (!rating) return false;
  await ratings.save(rating);
  await outbox.add(toWire({ type: 'review.rating_changed', rating }));
  return true;
};

/** The review that a change is about: a deleted one does not exist. */
export const findReview = async (
  { reviews }: ReviewTx,
  reviewId: string,
): Promise<Result<Review, ReviewNotFound>> => {
  const review = await reviews.find(reviewId);
  return review && review.status !== 'deleted' ? ok(review) : REVIEW_NOT_FOUND;
};

/** @param basedOn the version that a change is based on; any if absent */
export const isAt = (review: Review, basedOn: number | undefined): Result<Review, Stale> =>
  basedOn === undefined || basedOn === review.version
    ? ok(review)
    : refuse('PRECONDITION_FAILED', `The review is now at version ${review.version}.`);
