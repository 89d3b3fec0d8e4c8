import { countsOf, type PersonalData, type PersonalRecord } from '#kernel/personal-data.ts';
import type { Participation } from '../domain/participation.ts';
import { peopleIn, withoutAuthor as withoutPerson } from '../domain/question.ts';
import { NOBODY, withoutAuthor, withoutParticipant, type Report, type Vote } from '../domain/review.ts';
import type {
  ParticipationQueries,
  PurchaseQueries,
  QuestionQueries,
  ReviewQueries,
} from '../ports/review-queries.ts';
import { saveReview, type Tools } from './tools.ts';

/** Reviews, questions and purchases that one call erases, each in a unit of its own. */
const AT_ONCE = 50;
/** Questions that an export has at most, and reviews that the person took part in. */
const MOST = 1_000;

export interface PersonalQueries {
  readonly reviews: Pick<ReviewQueries, 'find' | 'ofUser' | 'newestOf'>;
  readonly questions: Pick<QuestionQueries, 'ofPerson'>;
  readonly purchases: Pick<PurchaseQueries, 'ofUser'>;
  readonly participations: ParticipationQueries;
}

/**
 * Texts, ratings, votes and reports stay, because others rely on them, but whose they are is forgotten; so is which orders are whose.
 */
export const makePersonalData = (
  tools: Tools,
  { reviews, questions, purchases, participations }: PersonalQueries,
): PersonalData => {
  const { unitOfWork, clock } = tools;
  const anonymiseReview = (id: string): Promise<void> =>
    unitOfWork.run(async (tx) => {
      const review = await tx.reviews.find(id);
      if (!review || review.userId === NOBODY) return;
      const unnamed = withoutAuthor(review, clock.now().toISOString());
      await saveReview(tools, tx, 'review.updated', unnamed, review);
    });
  const anonymiseQuestion = (id: string, userId: string): Promise<void> =>
    unitOfWork.run(async (tx) => {
      const question = await tx.questions.find(id);
      if (question && peopleIn(question).includes(userId))
        await tx.questions.save(withoutPerson(question, userId));
    });
  const forgetPurchase = (id: string): Promise<void> =>
    unitOfWork.run(async (tx) => {
      const purchase = await tx.purchases.find(id);
      if (purchase) await tx.purchases.save({ ...purchase, userId: NOBODY, revision: purchase.revision + 1 });
    });
  /** Of the review first: whatever happens between the two units, the next call finds it again. */
  const forgetParticipation = async ({ id, reviewId, userId }: Participation): Promise<void> => {
    await unitOfWork.run(async (tx) => {
      const review = await tx.reviews.find(reviewId);
      const unnamed = review && withoutParticipant(review, userId);
      if (unnamed && unnamed !== review) await tx.reviews.save(unnamed);
    });
    await unitOfWork.run(async (tx) => {
      const one = await tx.participations.find(id);
      if (one) await tx.participations.save({ ...one, userId: NOBODY, revision: one.revision + 1 });
    });
  };
  const votesAndReports = async (userId: string): Promise<readonly PersonalRecord[]> => {
    const items: PersonalRecord[] = [];
    for (const { reviewId } of await participations.ofUser(userId, MOST)) {
      const review = await reviews.find(reviewId);
      const own = (kind: string, all: readonly (Vote | Report)[] = []): readonly PersonalRecord[] =>
        all.filter((one) => one.userId === userId).map((one) => ({ kind, data: { reviewId, ...one } }));
      items.push(...own('vote', review?.votes), ...own('report', review?.reports));
    }
    return items;
  };

  return {
    read: async ({ userId }, cursor) => {
      const page = await reviews.ofUser({ userId, limit: 100, cursor });
      if (!page.ok) throw new Error(page.error.detail);
      const { items, next } = page.value;
      const written = items.map(({ sketch: _, ...review }) => ({ kind: 'review', data: review }));
      if (cursor !== undefined) return { items: written, next };
      const posts = (await questions.ofPerson(userId, MOST)).flatMap(({ answers, ...question }) => [
        { kind: 'question', post: question },
        ...answers.map((post) => ({ kind: 'answer', post })),
      ]);
      const own = posts.filter(({ post }) => post.userId === userId);
      const posted = own.map(({ kind, post }) => ({ kind, data: { ...post } }));
      return { items: [...written, ...posted, ...(await votesAndReports(userId))], next };
    },
    erase: async ({ userId }) => {
      const [written, asked, bought, tookPart] = [
        await reviews.newestOf(userId, AT_ONCE),
        await questions.ofPerson(userId, AT_ONCE),
        await purchases.ofUser(userId, AT_ONCE),
        await participations.ofUser(userId, AT_ONCE),
      ];
      for (const { id } of written) await anonymiseReview(id);
      for (const { id } of asked) await anonymiseQuestion(id, userId);
      for (const { id } of bought) await forgetPurchase(id);
      for (const one of tookPart) await forgetParticipation(one);
      const isDone = [written, asked, bought, tookPart].every(({ length }) => length < AT_ONCE);
      return {
        isDone,
        erased: countsOf(
          { kind: 'authors_of_reviews', count: written.length },
          { kind: 'authors_of_questions', count: asked.length },
          { kind: 'purchases', count: bought.length },
          { kind: 'votes_and_reports', count: tookPart.length },
        ),
        kept: [],
      };
    },
  };
};
