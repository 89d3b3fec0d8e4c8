import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { NOBODY } from './review.ts';
import type { ScreenReason } from './screening.ts';

/** A text by a person, which is visible while it is approved. */
export interface Post {
  readonly id: string;
  readonly userId: string;
  /** As customers see it. */
  readonly author: string;
  readonly text: string;
  readonly status: 'pending' | 'approved' | 'rejected';
  /** Why it waits for a moderator. */
  readonly reasons: readonly ScreenReason[];
  readonly createdAt: string;
}

export interface Answer extends Post {
  /** It speaks for the shop. */
  readonly isStaff: boolean;
}

/** A question about a product, with its answers in the order in which they were given. Neither is a review, nor counts as one. */
export interface Question extends Post {
  /** Counts changes from 1. */
  readonly revision: number;
  readonly productId: string;
  readonly answers: readonly Answer[];
}

export const MOST_ANSWERS = 100;

/** A post that is visible at once, unless it gave a reason to wait. */
export const post = (draft: Omit<Post, 'status'>): Post => ({
  ...draft,
  status: draft.reasons.length > 0 ? 'pending' : 'approved',
});

export const ask = (productId: string, asked: Post): Question => ({
  ...asked,
  revision: 1,
  productId,
  answers: [],
});

export type TooManyAnswers = Refusal<'TOO_MANY_ANSWERS'>;

export const answer = (question: Question, given: Answer): Result<Question, TooManyAnswers> =>
  question.answers.length >= MOST_ANSWERS
    ? refuse('TOO_MANY_ANSWERS', `A question has at most ${MOST_ANSWERS} answers.`)
    : ok({
        ...question,
        revision: question.revision + 1,
        answers: [...question.answers, given],
      });

/** A moderator's decision about a question, or about one of its answers. Undefined if there is no such answer. */
export const judgePost = (
  question: Question,
  answerId: string | undefined,
  isApproved: boolean,
): Question | undefined => {
  const decided = { status: isApproved ? 'approved' : 'rejected', reasons: [] } as const;
  const next = { ...question, revision: question.revision + 1 };
  if (answerId === undefined) return { ...next, ...decided };
  if (!question.answers.some(({ id }) => id === answerId)) return undefined;
  const answers = question.answers.map((one) => (one.id === answerId ? { ...one, ...decided } : one));
  return { ...next, answers };
};

/** Who asked or answered. */
export const peopleIn = ({ userId, answers }: Question): readonly string[] => [
  ...new Set([userId, ...answers.map((given) => given.userId)]),
];

const withoutPerson = <T extends Post>(one: T, userId: string): T =>
  one.userId === userId ? { ...one, userId: NOBODY, author: 'A former customer' } : one;

/** Their texts stay, because others rely on them; who wrote them goes. */
export const withoutAuthor = (question: Question, userId: string): Question => ({
  ...withoutPerson(question, userId),
  revision: question.revision + 1,
  answers: question.answers.map((given) => withoutPerson(given, userId)),
});

/** What a question waits for: a moderator while it or one of its answers is pending, an answer while it is visible without one. */
export type Awaited = 'moderator' | 'answer';

/** Undefined if it waits for nobody. */
export const awaitedBy = ({ status, answers }: Question): Awaited | undefined => {
  const given = answers.map((one) => one.status);
  if ([status, ...given].includes('pending')) return 'moderator';
  return status === 'approved' && !given.includes('approved') ? 'answer' : undefined;
};
