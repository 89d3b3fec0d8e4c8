import { describe, expect, it } from 'vitest';
import { histogramOf, ratingOf, republish } from './rating.ts';

describe('a rating', () => {
  it('is the average of all stars, with two decimals', () => {
    expect(ratingOf([1, 0, 0, 0, 2])).toEqual({ average: 3.67, count: 3, histogram: [1, 0, 0, 0, 2] });
    expect(ratingOf([0, 0, 0, 0, 0])).toEqual({ average: 0, count: 0, histogram: [0, 0, 0, 0, 0] });
  });

  it('counts the reviews with each number of stars', () => {
    expect(histogramOf(new Map([[2, 7], [5, 1]]))).toEqual([0, 7, 0, 0, 1]); // prettier-ignore
  });
});

describe('what is published', () => {
  const histogram = [0, 0, 0, 1, 0] as const;

  it('is the first rating, and each one that differs from the last', () => {
    expect(republish('p-1', undefined, histogram)).toEqual({ id: 'p-1', revision: 1, histogram });
    const before = { id: 'p-1', revision: 3, histogram };
    expect(republish('p-1', before, [0, 0, 0, 0, 0])).toEqual({
      id: 'p-1',
      revision: 4,
      histogram: [0, 0, 0, 0, 0],
    });
  });

  it('is nothing without a change', () => {
    expect(republish('p-1', undefined, [0, 0, 0, 0, 0])).toBeUndefined();
    expect(republish('p-1', { id: 'p-1', revision: 3, histogram }, histogram)).toBeUndefined();
  });
});
