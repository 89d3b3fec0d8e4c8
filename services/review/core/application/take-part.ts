import type { Ids } from '#kernel/ids.ts';
import { ok, type Refusal, type Result } from '#kernel/result.ts';
import {
  NOBODY,
  reportReview,
  voteOn,
  withoutVote,
  type ReportReason,
  type Review,
} from '../domain/review.ts';
import type { ReviewQueries } from '../ports/review-queries.ts';
import { REVIEW_NOT_FOUND, type ReviewNotFound, type Tools } from './tools.ts';

export const makeRememberParticipation =
  ({ unitOfWork }: Pick<Tools, 'unitOfWork'>, ids: Ids) =>
  (userId: string, reviewId: string): Promise<void> =>
    unitOfWork.run(async ({ participations }) => {
      if (!(await participations.of(userId, reviewId)))
        await participations.save({ id: ids.next(), revision: 1, userId, reviewId });
    });

/** For reviews from before participations were kept. */
export const makeRememberAll =
  (remember: ReturnType<typeof makeRememberParticipation>) =>
  async ({ id, votes, reports }: Review): Promise<void> => {
    const people = new Set([...votes, ...reports].map(({ userId }) => userId));
    people.delete(NOBODY);
    for (const userId of people) await remember(userId, id);
  };

export type TakePartTools = Pick<Tools, 'unitOfWork'> & {
  readonly rememberParticipation: ReturnType<typeof makeRememberParticipation>;
  readonly queries: Pick<ReviewQueries, 'find'>;
};

/**
 * What other customers do to a visible review: it is saved if it changed, without an event. That they take part is saved before, in a
 * unit of its own: a participation without a vote does no harm, but a vote without one would stay when the customer is erased.
 */
const makeChange =
  ({ unitOfWork, rememberParticipation, queries }: TakePartTools) =>
  async <E extends Refusal>(
    reviewId: string,
    userId: string,
    change: (review: Review) => Result<Review, E>,
  ): Promise<Result<Review, ReviewNotFound | E>> => {
    const changeVisible = (review: Review | undefined): Result<Review, ReviewNotFound | E> =>
      review?.status === 'approved' ? change(review) : REVIEW_NOT_FOUND;
    const seen = await queries.find(reviewId);
    const foreseen = changeVisible(seen);
    if (!foreseen.ok || foreseen.value === seen) return foreseen;
    await rememberParticipation(userId, reviewId);
    return unitOfWork.run(async ({ reviews }) => {
      const review = await reviews.find(reviewId);
      const changed = changeVisible(review);
      if (changed.ok && changed.value !== review) await reviews.save(changed.value);
      return changed;
    });
  };

/** @param isHelpful absent to take the vote back */
export const makeVote = (tools: TakePartTools) => {
  const change = makeChange(tools);
  return (reviewId: string, userId: string, isHelpful?: boolean) =>
    change(reviewId, userId, (review) =>
      isHelpful === undefined ? ok(withoutVote(review, userId)) : voteOn(review, { userId, isHelpful }),
    );
};

export const makeReport = ({ clock, ...tools }: TakePartTools & Pick<Tools, 'clock'>) => {
  const change = makeChange(tools);
  return (reviewId: string, userId: string, reason: ReportReason) =>
    change(reviewId, userId, (review) =>
      reportReview(review, { userId, reason, at: clock.now().toISOString() }),
    );
};
