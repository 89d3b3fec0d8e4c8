import { countsOf, type PersonalData } from '#kernel/personal-data.ts';
import { peopleIn, withoutAuthor as withoutPerson } from '../domain/question.ts';
import { NOBODY, withoutAuthor } from '../domain/review.ts';
import type { PurchaseQueries, QuestionQueries, ReviewQueries } from '../ports/review-queries.ts';
import { saveReview, type Tools } from './tools.ts';

/** Reviews, questions and purchases that one call erases, each in a unit of its own. */
const AT_ONCE = 50;
/** Questions that an export has at most. */
const MOST_QUESTIONS = 1_000;

export interface PersonalQueries {
  readonly reviews: Pick<ReviewQueries, 'ofUser' | 'newestOf'>;
  readonly questions: Pick<QuestionQueries, 'ofPerson'>;
  readonly purchases: Pick<PurchaseQueries, 'ofUser'>;
}

/** Texts and ratings stay without their author, because others rely on them. Which orders are whose is forgotten. */
export const makePersonalData = (
  { unitOfWork, clock, toWire }: Tools,
  { reviews, questions, purchases }: PersonalQueries,
): PersonalData => {
  const anonymiseReview = (id: string): Promise<void> =>
    unitOfWork.run(async (tx) => {
      const review = await tx.reviews.find(id);
      if (!review || review.userId === NOBODY) return;
      await saveReview(tx, toWire, 'review.updated', withoutAuthor(review, clock.now().toISOString()));
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

  return {
    read: async ({ userId }, cursor) => {
      const page = await reviews.ofUser({ userId, limit: 100, cursor });
      if (!page.ok) throw new Error(page.error.detail);
      const { items, next } = page.value;
      const written = items.map(({ sketch: _, ...review }) => ({ kind: 'review', data: review }));
      if (cursor !== undefined) return { items: written, next };
      const posts = (await questions.ofPerson(userId, MOST_QUESTIONS)).flatMap(({ answers, ...question }) => [
        { kind: 'question', post: question },
        ...answers.map((post) => ({ kind: 'answer', post })),
      ]);
      const own = posts.filter(({ post }) => post.userId === userId);
      return { items: [...written, ...own.map(({ kind, post }) => ({ kind, data: { ...post } }))], next };
    },
    erase: async ({ userId }) => {
      const [written, asked, bought] = [
        await reviews.newestOf(userId, AT_ONCE),
        await questions.ofPerson(userId, AT_ONCE),
        await purchases.ofUser(userId, AT_ONCE),
      ];
      for (const { id } of written) await anonymiseReview(id);
      for (const { id } of asked) await anonymiseQuestion(id, userId);
      for (const { id } of bought) await forgetPurchase(id);
      const isDone = [written, asked, bought].every(({ length }) => length < AT_ONCE);
      return {
        isDone,
        erased: countsOf(
          { kind: 'authors_of_reviews', count: written.length },
          { kind: 'authors_of_questions', count: asked.length },
          { kind: 'purchases', count: bought.length },
        ),
        kept: [],
      };
    },
  };
};
