import { ok, type Refusal, type Result } from '#kernel/result.ts';
import { reportReview, voteOn, withoutVote, type ReportReason, type Review } from '../domain/review.ts';
import { findReview, REVIEW_NOT_FOUND, type ReviewNotFound, type Tools } from './tools.ts';

/** What other customers do to a visible review: it is saved if it changed, without an event. */
const makeChange =
  ({ unitOfWork }: Pick<Tools, 'unitOfWork'>) =>
  <E extends Refusal>(
    reviewId: string,
    change: (review: Review) => Result<Review, E>,
  ): Promise<Result<Review, ReviewNotFound | E>> =>
    unitOfWork.run(async (tx) => {
      const found = await findReview(tx, reviewId);
      if (!found.ok) return found;
      if (found.value.status !== 'approved') return REVIEW_NOT_FOUND;
      const changed = change(found.value);
      if (changed.ok && changed.value !== found.value) await tx.reviews.save(changed.value);
      return changed;
    });

/** @param isHelpful absent to take the vote back */
export const makeVote = (tools: Pick<Tools, 'unitOfWork'>) => {
  const change = makeChange(tools);
  return (reviewId: string, userId: string, isHelpful?: boolean) =>
    change(reviewId, (review) =>
      isHelpful === undefined ? ok(withoutVote(review, userId)) : voteOn(review, { userId, isHelpful }),
    );
};

export const makeReport = ({ clock, ...tools }: Pick<Tools, 'unitOfWork' | 'clock'>) => {
  const change = makeChange(tools);
  return (reviewId: string, userId: string, reason: ReportReason) =>
    change(reviewId, (review) => reportReview(review, { userId, reason, at: clock.now().toISOString() }));
};
