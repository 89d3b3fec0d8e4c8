import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Publication, ReviewEvent } from '../domain/events.ts';
import type { Review } from '../domain/review.ts';
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

/** Saves a review with the fact that it is what it is now. */
export const saveReview = async (
  { reviews, outbox }: ReviewTx,
  toWire: ToWire<Publication>,
  type: ReviewEvent,
  review: Review,
): Promise<void> => {
  await reviews.save(review);
  await outbox.add(toWire({ type, review }));
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
