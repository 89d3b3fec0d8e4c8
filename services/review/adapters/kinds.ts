import type { Participation } from '../core/domain/participation.ts';
import { reviewable, type Purchase } from '../core/domain/purchase.ts';
import { awaitedBy, peopleIn, type Awaited, type Question } from '../core/domain/question.ts';
import type { ProductRating } from '../core/domain/rating.ts';
import { countedStars, HEAVY, NOBODY, type Review } from '../core/domain/review.ts';
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

/** A UUID's random end: FerretDB indexes a list as one value of at most 2.7 kB, which 101 whole UUIDs exceed. */
export const shortId = (uuid: string): string => uuid.slice(-17);

/** By which a customer's only review of a product is found. */
export const authorship = (userId: string, productId: string): string => `${userId} ${productId}`;

/** Of each mark: four different orders of all values. */
const ORDERS = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f];

/**
 * By which similar sketches are found: the first value in each of four orders. Sketches that have 60 % of their values in common have
 * a mark in common with a probability of 97 %. A mark has an index of its own; an index of lists of values would be used or not, as a
 * planner guesses.
 * @returns by field; none for an empty sketch
 */
export const marksOf = (sketch: readonly number[]): Readonly<Record<string, number>> =>
  sketch.length === 0
    ? {}
    : Object.fromEntries(
        ORDERS.map((order, index) => [
          `mark_${index + 1}`,
          Math.min(...sketch.map((value) => Math.imul(value ^ order, order))),
        ]),
      );

const MARK_FIELDS = Object.fromEntries(
  ORDERS.map((_, index): [string, Field<Review>] => {
    const name = `mark_${index + 1}`;
    return [name, { type: 'integer', of: ({ sketch }) => marksOf(sketch)[name] }];
  }),
);

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
    ...MARK_FIELDS,
    created_at: time(({ createdAt }) => createdAt),
  },
  nameOf: ({ status, userId, productId }) =>
    status === 'deleted' || userId === NOBODY ? undefined : authorship(userId, productId),
  /** 1: each of its votes and reports has a participation. */
  form: 1,
  /** The rating of its product. */
  owes: (before, after) => (countedStars(before) === countedStars(after) ? undefined : after.productId),
  heavy: HEAVY,
};

/** The stored form of what a question waits for; `no` stands for nothing. */
export const WAITS: Readonly<Record<Awaited, string>> = { moderator: 'yes', answer: 'answer' };

export const QUESTIONS: RecordKind<Question> = {
  name: 'questions',
  fields: {
    product_id: uuid(({ productId }) => productId),
    /** Who asked or answered, by short ID. */
    people: several('text', (question) => peopleIn(question).map(shortId)),
    status: text(({ status }) => status),
    waits: text((question) => {
      const awaited = awaitedBy(question);
      return awaited === undefined ? 'no' : WAITS[awaited];
    }),
    created_at: time(({ createdAt }) => createdAt),
  },
  /** 1: it has `people`. 2: it may wait for an answer. */
  form: 2,
};

export const PURCHASES: RecordKind<Purchase> = {
  name: 'purchases',
  fields: {
    user_id: uuid(({ userId }) => userId),
    reviewable: several('uuid', reviewable),
  },
};

export const RATINGS: RecordKind<ProductRating> = { name: 'ratings', fields: {} };

/** By which a customer's participation in a review is found. */
export const taking = (userId: string, reviewId: string): string => `${userId} ${reviewId}`;

export const PARTICIPATIONS: RecordKind<Participation> = {
  name: 'participations',
  fields: { user_id: uuid(({ userId }) => userId) },
  nameOf: ({ userId, reviewId }) => (userId === NOBODY ? undefined : taking(userId, reviewId)),
};
