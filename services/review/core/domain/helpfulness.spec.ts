import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { scoreOf, wilson } from './helpfulness.ts';

describe('how helpful a review is at least', () => {
  it.each([
    [0, 0, 0],
    [0, 5, 0],
    [1, 1, 0.207],
    [5, 5, 0.566],
    [90, 100, 0.826],
  ])('%i of %i votes: %f', (helpful, votes, bound) => {
    expect(wilson(helpful, votes)).toBeCloseTo(bound, 3);
  });

  it('is a share, and more with more votes for it', () => {
    const votes = fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }));
    fc.assert(
      fc.property(votes, ([helpful, others]) => {
        const bound = wilson(helpful, helpful + others);
        expect(bound).toBeGreaterThanOrEqual(0);
        expect(bound).toBeLessThan(1);
        expect(wilson(helpful + 1, helpful + others + 1)).toBeGreaterThan(bound);
      }),
      { seed: 7, examples: [[[0, 1_155]]] },
    );
  });

  it('is an integer for lists', () => {
    expect(scoreOf(90, 100)).toBe(825_633);
  });
});
