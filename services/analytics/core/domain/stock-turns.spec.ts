import { describe, expect, it } from 'vitest';
import { daysOfCover, stockTurns, topStock, type SkuStock } from './stock-turns.ts';

const aStock = (sku: string, sold: number, onHand: number, change: Partial<SkuStock> = {}): SkuStock => ({
  sku,
  productId: 'p',
  variantId: 'v',
  sold,
  onHand,
  countedDays: 10,
  unitDays: 10 * onHand,
  ...change,
});

describe('a stock', () => {
  it('of 10 units on average, of which 25 were sold, turned two and a half times', () => {
    expect(stockTurns(aStock('A', 25, 0, { unitDays: 100 }))).toBe(2.5);
  });

  it('that was empty has no turns', () => {
    expect(stockTurns(aStock('A', 3, 0))).toBeUndefined();
  });

  it('of 6 units lasts 3 days at 2 a day', () => {
    expect(daysOfCover(aStock('A', 20, 6), 10)).toBe(3);
  });

  it('that is sold out lasts no day, and one that does not sell lasts for ever', () => {
    expect(daysOfCover(aStock('A', 1, 0), 10)).toBe(0);
    expect(daysOfCover(aStock('A', 0, 5), 10)).toBeUndefined();
  });
});

describe('stocks', () => {
  const all = [
    aStock('unsold', 0, 2),
    aStock('many unsold', 0, 9),
    aStock('lasts', 1, 10),
    aStock('sells out', 10, 1),
    aStock('sold out', 5, 0),
    aStock('also sold out', 4, 0),
    aStock('gone', 0, 0),
  ];
  const skus = (order: 'least_cover' | 'most_cover', limit = 10) =>
    topStock(all, 10, { order, limit }).map(({ sku }) => sku);

  it('that sell out first come first, without those that are gone', () => {
    expect(skus('least_cover')).toEqual(['also sold out', 'sold out', 'sells out', 'lasts', 'unsold', 'many unsold']); // prettier-ignore
  });

  it('of which most do not sell come first in the other order', () => {
    expect(skus('most_cover', 3)).toEqual(['many unsold', 'unsold', 'lasts']);
  });
});
