import { describe, expect, it } from 'vitest';
import { parseProductsView } from '../products/view.ts';
import { neighbourOf, parseReviewsView } from '../reviews/view.ts';
import { parseStockView } from '../stock/view.ts';
import { parseOrdersView } from './view.ts';

describe('the view of a list in its URL', () => {
  it('is read where it is understood, and ignored otherwise', () => {
    expect(parseOrdersView({ view: 'shipped', after: 'c1' })).toEqual({ view: 'shipped', after: 'c1' });
    expect(parseOrdersView({ view: 'all', after: '', other: 1 })).toEqual({});
    expect(parseProductsView({ stage: 'draft', sort: 'updated', missing: 'shoes', q: ' ' })).toEqual({
      stage: 'draft',
    });
    expect(parseReviewsView({ view: 'waiting', id: 7 })).toEqual({});
  });

  it('knows that a router reads digits as a number', () => {
    expect(parseProductsView({ q: 4711 })).toEqual({ q: '4711' });
    expect(parseStockView({ q: 4711, low: true })).toEqual({ q: '4711', low: true });
  });
});

describe('the neighbour in a queue', () => {
  it.each([
    ['b', 1, 'c'],
    ['b', -1, 'a'],
    ['c', 1, 'c'],
    ['a', -1, 'a'],
    ['gone', 1, 'a'],
    [undefined, -1, 'a'],
  ] as const)('of %s by %d is %s', (id, step, neighbour) => {
    expect(neighbourOf(['a', 'b', 'c'], id, step)).toBe(neighbour);
  });

  it('of nothing is none', () => {
    expect(neighbourOf([], undefined, 1)).toBeUndefined();
  });
});
