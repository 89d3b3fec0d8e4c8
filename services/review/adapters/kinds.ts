import { reviewable, type Purchase } from '../core/domain/purchase.ts';
import { waits, type Question } from '../core/domain/question.ts';
import type { PublishedRating } from '../core/domain/rating.ts';
import { HEAVY, type Review } from '../core/domain/review.ts';
import type { Field, RecordKind, Scalar } from './records.ts';

const uuid = <T>(of: (record: T) => string): Field<T> => ({ type: 'uuid', of });
const text = <T>(of: (record: T) => string): Field<T> => ({ type: 'text', of });
const integer = <T>(of: (record: T) => number): Field<T> => ({ type: 'integer', of });
const time = <T>(of: (record: T) => string): Field<T> => ({ type: 'timestamptz', of });
const several = <T>(type: Field<T>['type'], of: (record: T) => readonly Scalar[]): Field<T> => ({
  type,
  of,
  isList: true,
});

/** By which a customer's only review of a product is found. */
export const authorship = (userId: string, productId: string): string => `${userId} ${productId}`;

export const REVIEWS: RecordKind<Review, (typeof HEAVY)[number]> = {
  name: 'reviews',
  fields: {
    product_id: uuid(({ productId }) => productId),
    user_id: uuid(({ userId }) => userId),
    status: text(({ status }) => status),
    /** `yes` if a moderator must look at it. */
    waits: text(({ reasons }) => (reasons.length > 0 ? 'yes' : 'no')),
    reasons: several('text', ({ reasons }) => reasons),
    rating: integer(({ rating }) => rating),
    score: integer(({ score }) => score),
    sketch: several('integer', ({ sketch }) => sketch),
    created_at: time(({ createdAt }) => createdAt),
  },
  nameOf: ({ status, userId, productId }) =>
    status === 'deleted' ? undefined : authorship(userId, productId),
  heavy: HEAVY,
};

export const QUESTIONS: RecordKind<Question> = {
  name: 'questions',
  fields: {
    product_id: uuid(({ productId }) => productId),
    status: text(({ status }) => status),
    waits: text((question) => (waits(question) ? 'yes' : 'no')),
    created_at: time(({ createdAt }) => createdAt),
  },
};

export const PURCHASES: RecordKind<Purchase> = {
  name: 'purchases',
  fields: {
    user_id: uuid(({ userId }) => userId),
    reviewable: several('uuid', reviewable),
  },
};

export const RATINGS: RecordKind<PublishedRating> = { name: 'ratings', fields: {} };
