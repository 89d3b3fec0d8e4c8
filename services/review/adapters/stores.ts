import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { SortedBy } from '#adapters/pagination/cursor.ts';
import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import { histogramOf, NO_REVIEWS, type Histogram } from '../core/domain/rating.ts';
import type { ListedReview, Review } from '../core/domain/review.ts';
import type {
  ParticipationQueries,
  PurchaseQueries,
  QuestionQueries,
  ReviewQueries,
  Sort,
} from '../core/ports/review-queries.ts';
import type { ReviewTx } from '../core/ports/review-tx.ts';
import {
  authorship,
  marksOf,
  PARTICIPATIONS,
  PURCHASES,
  QUESTIONS,
  RATINGS,
  REVIEWS,
  shortId,
  taking,
  WAITS,
} from './kinds.ts';
import type { RecordKind, RecordQueries, Records, Scalar, Selection, Stored } from './records.ts';

const countIn =
  ({ count }: Pick<RecordQueries<Review>, 'count'>) =>
  async (productId: string): Promise<Histogram> => {
    const counts = await count('rating', { product_id: productId, status: 'approved' });
    return histogramOf(new Map([...counts].map(([stars, reviews]) => [Number(stars), reviews])));
  };

/** @param of the records of a kind in a unit of work */
export const repositoriesIn = (
  of: <T extends Stored, Heavy extends keyof T & string>(kind: RecordKind<T, Heavy>) => Records<T>,
): Omit<ReviewTx, keyof BaseTx> => {
  const reviews = of(REVIEWS);
  const participations = of(PARTICIPATIONS);
  return {
    reviews: {
      find: reviews.find,
      save: reviews.save,
      ofAuthor: (userId, productId) => reviews.byName(authorship(userId, productId)),
      count: countIn(reviews),
    },
    purchases: of(PURCHASES),
    ratings: of(RATINGS),
    participations: {
      find: participations.find,
      save: participations.save,
      of: (userId, reviewId) => participations.byName(taking(userId, reviewId)),
    },
    questions: of(QUESTIONS),
  };
};

export interface Queries {
  readonly reviews: ReviewQueries;
  readonly purchases: PurchaseQueries;
  readonly questions: QuestionQueries;
  readonly participations: ParticipationQueries;
}

interface SortOrder<T> {
  readonly field: 'created_at' | 'score' | 'rating';
  readonly by: SortedBy;
  readonly isDescending: boolean;
  readonly valueOf: (item: T) => Scalar;
}

const NEWEST: SortOrder<{ readonly createdAt: string }> = {
  field: 'created_at',
  by: 'time',
  isDescending: true,
  valueOf: ({ createdAt }) => createdAt,
};
const byRating = { field: 'rating', by: 'number', valueOf: ({ rating }: ListedReview) => rating } as const;

const SORTS: Readonly<Record<Sort, SortOrder<ListedReview>>> = {
  newest: NEWEST,
  helpful: { field: 'score', by: 'number', isDescending: true, valueOf: ({ score }) => score },
  highest: { ...byRating, isDescending: true },
  lowest: { ...byRating, isDescending: false },
};

const OLDEST = { ...NEWEST, isDescending: false };
const VISIBLE_TO_AUTHORS = ['pending', 'approved', 'rejected'] as const;

const pagesOf =
  <T extends Pick<Stored, 'id'>>({ select }: Pick<RecordQueries<Stored, T>, 'select'>) =>
  async (
    list: string,
    { limit, cursor }: PageRequest,
    { field, by, isDescending, valueOf }: SortOrder<T>,
    where: Selection['where'],
  ): Promise<PageResult<T>> => {
    const after = positionOf({ cursor }, list, by);
    if (!after.ok) return after;
    const selection = { where, by: field, isDescending, after: after.value, limit: limit + 1 };
    const found = await select(selection);
    return pageOf(found, limit, (item) => ({ list, value: valueOf(item), id: item.id }));
  };

/**
 * @param of the committed records of a kind
 * @param isBehind whether the rating of a product may lack a change of a review, so that the reviews are counted instead
 */
export const queriesIn = (
  of: <T extends Stored, Heavy extends keyof T & string>(
    kind: RecordKind<T, Heavy>,
  ) => RecordQueries<T, Omit<T, Heavy>>,
  isBehind: (productId: string) => Promise<boolean> = () => Promise.resolve(false),
): Queries => {
  const reviews = of(REVIEWS);
  const purchases = of(PURCHASES);
  const questions = of(QUESTIONS);
  const ratings = of(RATINGS);
  const participations = of(PARTICIPATIONS);
  const page = pagesOf(reviews);
  const questionPage = pagesOf(questions);
  return {
    reviews: {
      find: async (id) => {
        const review = await reviews.find(id);
        return review?.status === 'deleted' ? undefined : review;
      },
      page: ({ productId, sort, rating, ...request }) =>
        page(sort, request, SORTS[sort], { product_id: productId, status: 'approved', rating }),
      ofUser: ({ userId, productId, ...request }) =>
        page('own', request, NEWEST, {
          user_id: userId,
          product_id: productId,
          status: VISIBLE_TO_AUTHORS,
        }),
      queue: ({ status, reason, ...request }) =>
        page('queue', request, OLDEST, {
          ...(status === undefined ? { waits: 'yes' } : { status }),
          reasons: reason,
        }),
      histogram: async (productId) => {
        if (await isBehind(productId)) return countIn(reviews)(productId);
        return (await ratings.find(productId))?.histogram ?? NO_REVIEWS;
      },
      newestOf: (userId, limit) =>
        reviews.select({ where: { user_id: userId }, by: 'created_at', isDescending: true, limit }),
      similar: async (sketch, since, limit) => {
        const found = await Promise.all(
          Object.entries(marksOf(sketch)).map(([mark, value]) =>
            reviews.select({
              where: { [mark]: value },
              from: { field: 'created_at', least: since },
              by: 'created_at',
              isDescending: true,
              limit,
            }),
          ),
        );
        return [...new Map(found.flat().map((review) => [review.id, review])).values()];
      },
      all: (after, limit) =>
        reviews.select({
          where: {},
          after: after === undefined ? undefined : { value: after, id: after },
          limit,
        }),
    },
    questions: {
      page: ({ productId, ...request }) =>
        questionPage('questions', request, NEWEST, { product_id: productId, status: 'approved' }),
      ofPerson: (userId, limit) =>
        questions.select({ where: { people: shortId(userId) }, isDescending: true, limit }),
      waiting: ({ awaited, ...request }) =>
        questionPage(`questions awaiting ${awaited}`, request, OLDEST, { waits: WAITS[awaited] }),
    },
    participations: {
      ofUser: (userId, limit) => participations.select({ where: { user_id: userId }, limit }),
    },
    purchases: {
      entitling: async (userId, productId) => {
        const where = { user_id: userId, reviewable: productId };
        return (await purchases.select({ where, isDescending: true, limit: 1 }))[0];
      },
      ofUser: (userId, limit) => purchases.select({ where: { user_id: userId }, limit }),
      findAll: async (orderIds) => {
        const found = await Promise.all([...new Set(orderIds)].map((orderId) => purchases.find(orderId)));
        return new Map(found.flatMap((purchase) => (purchase ? [[purchase.id, purchase] as const] : [])));
      },
    },
  };
};
