import { ok, type Result } from '#kernel/result.ts';
import {
  checkText,
  judgeReview,
  replyToReview,
  withoutReply,
  type InvalidText,
  type Review,
  type Verdict,
} from '../domain/review.ts';
import { findReview, isAt, saveReview, type ReviewNotFound, type Stale, type Tools } from './tools.ts';

export interface Decision {
  readonly reviewId: string;
  /** The version that the moderator has read. */
  readonly version: number;
  readonly verdict: Verdict;
}

/** Decides about one review, and no other of its author. */
export const makeDecide =
  (tools: Tools) =>
  ({ reviewId, version, verdict }: Decision): Promise<Result<Review, ReviewNotFound | Stale>> =>
    tools.unitOfWork.run(async (tx) => {
      const found = await findReview(tx, reviewId);
      if (!found.ok) return found;
      const current = isAt(found.value, version);
      if (!current.ok) return current;
      const judged = judgeReview(current.value, verdict, tools.clock.now().toISOString());
      const type = verdict.decision === 'approve' ? 'review.approved' : 'review.rejected';
      await saveReview(tools, tx, type, judged, found.value);
      return ok(judged);
    });

/** @param text of the reply; without one, the reply is removed */
export const makeReply =
  (tools: Tools) =>
  (reviewId: string, text?: string): Promise<Result<Review, ReviewNotFound | InvalidText>> =>
    tools.unitOfWork.run(async (tx) => {
      const found = await findReview(tx, reviewId);
      if (!found.ok) return found;
      const now = tools.clock.now().toISOString();
      if (text === undefined && !found.value.reply) return found;
      const checked = text === undefined ? undefined : checkText('reply', text);
      if (checked && !checked.ok) return checked;
      const replied = checked
        ? replyToReview(found.value, checked.value, now)
        : withoutReply(found.value, now);
      await saveReview(tools, tx, 'review.updated', replied, found.value);
      return ok(replied);
    });
