import { describe, expect, it } from 'vitest';
import { histogramOf, ratingOf, recounted, republish } from './rating.ts';

describe('a rating', () => {
  it('is the average of all stars, with two decimals', () => {
    expect(ratingOf([1, 0, 0, 0, 2])).toEqual({ average: 3.67, count: 3, histogram: [1, 0, 0, 0, 2] });
    expect(ratingOf([0, 0, 0, 0, 0])).toEqual({ average: 0, count: 0, histogram: [0, 0, 0, 0, 0] });
  });

  it('counts the reviews with each number of stars', () => {
    expect(histogramOf(new Map([[2, 7], [5, 1]]))).toEqual([0, 7, 0, 0, 1]); // prettier-ignore
  });
});

describe('a rating after a change of one review', () => {
  it('counts the review as it is now, if it counts', () => {
    expect(recounted([0, 0, 0, 1, 0], undefined, 2)).toEqual([0, 1, 0, 1, 0]);
    expect(recounted([0, 1, 0, 1, 0], 2, 5)).toEqual([0, 0, 0, 1, 1]);
    expect(recounted([0, 0, 0, 1, 1], 4, undefined)).toEqual([0, 0, 0, 0, 1]);
  });

  it('is never below zero, although a previous release may have missed a review', () => {
    expect(recounted([0, 0, 0, 0, 0], 3, undefined)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('what is published', () => {
  const histogram = [0, 0, 0, 1, 0] as const;

  it('is the first rating, and each one that differs from the last', () => {
    expect(republish('p-1', undefined, histogram)).toEqual({ id: 'p-1', revision: 1, histogram, round: 1 });
    const before = { id: 'p-1', revision: 3, histogram, round: 1 };
    expect(republish('p-1', before, [0, 0, 0, 0, 0])).toEqual({
      id: 'p-1',
      revision: 4,
      histogram: [0, 0, 0, 0, 0],
      round: 1,
    });
  });

  it('is nothing without a change', () => {
    expect(republish('p-1', undefined, [0, 0, 0, 0, 0])).toBeUndefined();
    expect(republish('p-1', { id: 'p-1', revision: 3, histogram, round: 1 }, histogram)).toBeUndefined();
  });

  it('is the same rating once more for consumers that are new', () => {
    const before = { id: 'p-1', revision: 3, histogram };
    expect(republish('p-1', before, histogram)).toEqual({ ...before, revision: 4, round: 1 });
  });
});
