import { describe, expect, it } from 'vitest';
import { interval, ndcg, recall, seededRandom } from './metrics.ts';

const grades = new Map([
  ['best', 3],
  ['good', 2],
  ['fair', 1],
]);

describe('nDCG', () => {
  it('is 1 for the best possible order, whatever follows', () => {
    expect(ndcg(['best', 'good', 'fair', 'other'], grades)).toBe(1);
  });

  it('is less if a worse product is before a better one', () => {
    expect(ndcg(['good', 'best', 'fair'], grades)).toBeCloseTo(0.843, 3);
  });

  it('is 0 if no product of the first ten is any good', () => {
    const others = Array.from({ length: 10 }, (_, index) => `other ${index}`);
    expect(ndcg([...others, 'best'], grades)).toBe(0);
  });
});

describe('recall', () => {
  it('counts products of grade 2 and 3', () => {
    expect(recall(['fair', 'good'], grades)).toBe(0.5);
  });

  it('does not ask for more than fit', () => {
    const many = Array.from({ length: 20 }, (_, index) => `product ${index}`);
    expect(recall(many, new Map(many.map((name) => [name, 3])))).toBe(1);
  });

  it('is undefined if no product has one of these grades', () => {
    expect(recall(['fair'], new Map([['fair', 1]]))).toBeUndefined();
  });
});

describe('the confidence interval', () => {
  const values = [0, 0.5, 1, 1];

  it('contains the mean, and is the same each time', () => {
    const [low, high] = interval(values, seededRandom(1));
    expect(low).toBeLessThan(0.625);
    expect(high).toBeGreaterThan(0.625);
    expect(interval(values, seededRandom(1))).toEqual([low, high]);
  });

  it('is a point if all values are equal', () => {
    expect(interval([1, 1, 1], seededRandom(1))).toEqual([1, 1]);
  });
});
