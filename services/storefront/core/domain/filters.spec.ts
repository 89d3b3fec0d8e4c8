import { describe, expect, it } from 'vitest';
import type { Facets } from '../ports/shop.ts';
import { chosenOf, facetsOf, isOnlyCategory, NO_FILTERS, searchHref } from './filters.ts';

const ALL = {
  query: 'lamp',
  category: 'lamps',
  brands: ['Lumen', 'Sol'],
  attributes: ['wood:Oak', 'wood:Ash'],
  minPrice: '10',
  maxPrice: '50',
  rating: '4',
  isInStockOnly: true,
  sort: 'price_asc',
};

describe('the address of a search', () => {
  it('contains every filter', () => {
    expect(searchHref(ALL, 'next')).toBe(
      '/search?q=lamp&category=lamps&brand=Lumen&brand=Sol&attribute=wood%3AOak&attribute=wood%3AAsh' +
        '&min_price=10&max_price=50&rating=4&in_stock=true&sort=price_asc&cursor=next',
    );
  });

  it('leaves out what is not chosen', () => {
    expect(searchHref(NO_FILTERS)).toBe('/search');
  });
});

describe('a category', () => {
  it('has a page of its own until it is filtered', () => {
    const lamps = { ...NO_FILTERS, category: 'lamps' };
    expect(isOnlyCategory(lamps)).toBe(true);
    expect(isOnlyCategory({ ...lamps, isInStockOnly: true })).toBe(false);
    expect(isOnlyCategory(NO_FILTERS)).toBe(false);
  });
});

describe('a chosen filter', () => {
  it('is shown as a text', () => {
    expect(chosenOf(ALL).map(({ field, text }) => [field, text])).toEqual([
      ['brand', 'Lumen'],
      ['brand', 'Sol'],
      ['attribute', 'wood: Oak'],
      ['attribute', 'wood: Ash'],
      ['price', '10 – 50'],
      ['rating', '4'],
      ['in_stock', ''],
    ]);
  });

  it('can be removed while the others stay', () => {
    expect(chosenOf(ALL).map(({ href }) => href)).toEqual(
      [
        { brands: ['Sol'] },
        { brands: ['Lumen'] },
        { attributes: ['wood:Ash'] },
        { attributes: ['wood:Oak'] },
        { minPrice: '', maxPrice: '' },
        { rating: '' },
        { isInStockOnly: false },
      ].map((change) => searchHref({ ...ALL, ...change })),
    );
  });

  it.each([
    [{ minPrice: '10' }, '10 –'],
    [{ maxPrice: '50' }, '– 50'],
  ])('of one limit of the price, %j, is shown as %j', (limit, text) => {
    expect(chosenOf({ ...NO_FILTERS, ...limit })).toMatchObject([{ field: 'price', text }]);
  });

  it('is missing where nothing is chosen', () => {
    expect(chosenOf(NO_FILTERS)).toEqual([]);
  });
});

describe('the facets of a result', () => {
  const counts = (values: readonly string[]) => values.map((value) => ({ value, count: 1 }));
  const facets = (changes: Partial<Facets>): Facets => ({
    categories: [],
    brands: [],
    attributes: [],
    ratings: [],
    price: undefined,
    ...changes,
  });

  it('are shown if they have a choice to offer', () => {
    const shown = facetsOf(
      facets({
        brands: counts(['Lumen', 'Sol']),
        attributes: [
          { name: 'wood', values: counts(['Oak', 'Ash']) },
          { name: 'socket', values: counts(['E27']) },
        ],
        ratings: [
          { atLeast: 4, count: 2 },
          { atLeast: 3, count: 3 },
          { atLeast: 2, count: 0 },
        ],
      }),
      NO_FILTERS,
    );
    expect(shown.map(({ field, name, values }) => [field, name, values.map(({ value }) => value)])).toEqual([
      ['brand', undefined, ['Lumen', 'Sol']],
      ['attribute', 'wood', ['wood:Oak', 'wood:Ash']],
      ['rating', undefined, ['4', '3']],
    ]);
  });

  it('of a single value stay while that is chosen', () => {
    const single = facets({
      brands: counts(['Lumen']),
      attributes: [{ name: 'wood', values: counts(['Oak']) }],
      ratings: [{ atLeast: 4, count: 1 }],
    });
    expect(facetsOf(single, NO_FILTERS)).toEqual([]);
    const shown = facetsOf(single, {
      ...NO_FILTERS,
      brands: ['Lumen'],
      attributes: ['wood:Oak'],
      rating: '4',
    });
    expect(shown.map(({ field }) => field)).toEqual(['brand', 'attribute', 'rating']);
    expect(shown.flatMap(({ values }) => values.map(({ isChosen }) => isChosen))).toEqual([true, true, true]);
  });

  it('end before they are too many to read', () => {
    const many = Array.from({ length: 30 }, (_, index) => String(index));
    const shown = facetsOf(
      facets({
        brands: counts(many),
        attributes: many.map((name) => ({ name, values: counts(many) })),
      }),
      NO_FILTERS,
    );
    expect(shown).toHaveLength(1 + 5);
    expect(shown.map(({ values }) => values.length)).toEqual(Array.from({ length: 6 }, () => 12));
  });

  it('may be missing', () => {
    expect(facetsOf(undefined, NO_FILTERS)).toEqual([]);
  });
});
