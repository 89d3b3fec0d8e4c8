/** Numbers of approved reviews with one to five stars. */
export type Histogram = readonly [one: number, two: number, three: number, four: number, five: number];

export interface Rating {
  /** With two decimals; 0 without reviews. */
  readonly average: number;
  readonly count: number;
  readonly histogram: Histogram;
}

/** The rating of a product, kept beside its reviews, as it was published last. */
export interface ProductRating {
  /** The ID of the product. */
  readonly id: string;
  /** Counts publications from 1. */
  readonly revision: number;
  readonly histogram: Histogram;
  /** `ROUND` when it was published; absent before there were rounds. */
  readonly round?: number;
}

/** A higher number has all ratings published again, for consumers that are new. */
const ROUND = 1;

export const NO_REVIEWS: Histogram = [0, 0, 0, 0, 0];

/** The rating of a product that was never published. */
export const unrated = (productId: string): ProductRating => ({
  id: productId,
  revision: 0,
  histogram: NO_REVIEWS,
  round: ROUND,
});

/** @param stars how many reviews have each number of stars */
export const histogramOf = (stars: ReadonlyMap<number, number>): Histogram => {
  const count = (rating: number): number => stars.get(rating) ?? 0;
  return [count(1), count(2), count(3), count(4), count(5)];
};

export const ratingOf = (histogram: Histogram): Rating => {
  const count = histogram.reduce((sum, reviews) => sum + reviews, 0);
  const stars = histogram.reduce((sum, reviews, index) => sum + reviews * (index + 1), 0);
  return { average: count === 0 ? 0 : Math.round((stars / count) * 100) / 100, count, histogram };
};

/** What to publish next, if the rating has changed since, or must be published again. */
export const republish = (
  productId: string,
  before: ProductRating | undefined,
  histogram: Histogram,
): ProductRating | undefined => {
  const published = before?.histogram ?? NO_REVIEWS;
  const isSame = histogram.every((reviews, index) => reviews === published[index]);
  const isCurrent = before === undefined || before.round === ROUND;
  return isSame && isCurrent
    ? undefined
    : { id: productId, revision: (before?.revision ?? 0) + 1, histogram, round: ROUND };
};

/** The histogram with a review of `stars` more, and one of `insteadOf` less; undefined stands for a review that does not count. */
export const recounted = (
  histogram: Histogram,
  insteadOf: number | undefined,
  stars: number | undefined,
): Histogram => {
  const countOf = (star: number): number =>
    Math.max(0, (histogram[star - 1] ?? 0) + Number(star === stars) - Number(star === insteadOf));
  return [countOf(1), countOf(2), countOf(3), countOf(4), countOf(5)];
};
