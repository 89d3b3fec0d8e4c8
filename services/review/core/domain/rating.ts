/** Numbers of approved reviews with one to five stars. */
export type Histogram = readonly [one: number, two: number, three: number, four: number, five: number];

export interface Rating {
  /** With two decimals; 0 without reviews. */
  readonly average: number;
  readonly count: number;
  readonly histogram: Histogram;
}

/** The rating that was published last for a product. */
export interface PublishedRating {
  /** The ID of the product. */
  readonly id: string;
  /** Counts publications from 1. */
  readonly revision: number;
  readonly histogram: Histogram;
}

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

/** What to publish next, if the ratings have changed since. */
export const republish = (
  productId: string,
  before: PublishedRating | undefined,
  histogram: Histogram,
): PublishedRating | undefined => {
  const published = before?.histogram ?? [0, 0, 0, 0, 0];
  return histogram.every((reviews, index) => reviews === published[index])
    ? undefined
    : { id: productId, revision: (before?.revision ?? 0) + 1, histogram };
};
