import { DAY, type Clock } from '#kernel/clock.ts';
import type { ListedReview } from '../../core/domain/review.ts';
import type { ScreenReason } from '../../core/domain/screening.ts';
import type { QuestionQueries, ReviewQueries } from '../../core/ports/review-queries.ts';
import type { ReviewScreen } from '../../core/ports/review-screen.ts';
import { resemblance, sketchOf } from './sketch.ts';
import { disguisedWordsOf } from './words.ts';

// Bounded, so that no text takes long.
const LINK =
  /\b(?:https?:\/\/|www\.)|\b[a-z0-9-]{1,63}\.(?:com|net|org|info|biz|shop|store|online|io|ru|cn|de|co\.uk)\b/i;
const EMAIL =
  /[\w.+-]{1,64}\s{0,2}(?:@|[([{]at[)\]}])\s{0,2}[\w.-]{1,253}\s{0,2}(?:\.|[([{]dot[)\]}])\s{0,2}[a-z]{2}/i;
/** Nine digits or more, as telephone numbers are written. */
const PHONE = /(?<![\d.,])\+?(?:\d[\s()/-]{0,2}){8,20}\d(?![\d.,]*\d)/;

/** From this resemblance on, a text is taken for a copy. */
const ALIKE = 0.6;
const COPIES_WITHIN_MS = 30 * DAY;
/** Reviews that are compared, or a few times as many. */
const CANDIDATES = 50;
/** Reviews of an author in a day that need no moderator. */
const PER_DAY = 5;
/** Questions and answers of a person in a day that need no moderator. */
const POSTS_PER_DAY = 10;
/** Rejections in a row, after which a moderator sees what an author writes first. */
const REJECTIONS = 3;
/** Reviews of an author that are looked at. */
const RECENT = 20;
/** Questions that are looked at of those to which a person has contributed. */
const RECENT_QUESTIONS = 100;

const isRejectedAuthor = (recent: readonly ListedReview[]): boolean => {
  const decided = recent.filter(({ status, rejection }) => status !== 'pending' || rejection);
  const last = decided.slice(0, REJECTIONS);
  return last.length === REJECTIONS && last.every(({ rejection }) => rejection);
};

/**
 * A screen by rules. A moderator sees links, addresses, blocked words, copies of recent reviews, many texts by one author in a day,
 * what an author writes whose last three reviews were rejected, and a review that replaces a rejected one.
 */
export const makeRuleScreen = (
  queries: Pick<ReviewQueries, 'newestOf' | 'similar'>,
  questions: Pick<QuestionQueries, 'ofPerson'>,
  clock: Clock,
  blockedWords: readonly string[],
): ReviewScreen => {
  const blocked = new Set(blockedWords);
  const isPostingTooOften = async (authorId: string, since: string): Promise<boolean> => {
    const found = await questions.ofPerson(authorId, RECENT_QUESTIONS);
    const posts = found.flatMap(({ answers, ...question }) => [question, ...answers]);
    const today = posts.filter(({ userId, createdAt }) => userId === authorId && createdAt > since);
    return today.length >= POSTS_PER_DAY;
  };
  return {
    screen: async ({ reviewId, authorId, productId, title, text }) => {
      const whole = `${title}\n${text}`;
      const now = clock.now().getTime();
      const since = (ms: number): string => new Date(now - ms).toISOString();
      const sketch = sketchOf(text);
      const isPost = reviewId === undefined && productId === undefined;
      const [recent, similar, isPostFlood] = await Promise.all([
        queries.newestOf(authorId, RECENT),
        sketch.length === 0 ? [] : queries.similar(sketch, since(COPIES_WITHIN_MS), CANDIDATES),
        isPost && isPostingTooOften(authorId, since(DAY)),
      ]);
      const others = recent.filter(({ id }) => id !== reviewId);
      const isCopy = similar.some(
        (review) => review.id !== reviewId && resemblance(sketch, review.sketch) >= ALIKE,
      );
      const today = others.filter(({ createdAt }) => createdAt > since(DAY));
      const findings: Readonly<Record<ScreenReason, boolean>> = {
        link: LINK.test(whole),
        contact: EMAIL.test(whole) || PHONE.test(whole),
        blocked_word: [...disguisedWordsOf(whole)].some((word) => blocked.has(word)),
        near_duplicate: isCopy,
        flood: isPostFlood || (reviewId === undefined && today.length >= PER_DAY),
        author_rejected: isRejectedAuthor(others),
        // Deleted since, or there would be no second review.
        rejected_before:
          reviewId === undefined &&
          others.some((review) => review.productId === productId && review.rejection),
      };
      const reasons = (Object.keys(findings) as ScreenReason[]).filter((reason) => findings[reason]);
      return { reasons, sketch };
    },
  };
};
