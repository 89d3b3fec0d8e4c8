import { describe, expect, it } from 'vitest';
import { attributeKey, isUnfiltered, splitAttributeKey, type Filters } from './filters.ts';

describe('filters', () => {
  const NONE: readonly Filters[] = [
    {},
    { brand: [], tag: [], categoryIds: undefined, rating: undefined, inStock: false },
    { attributes: new Map(), ranges: new Map(), price: {}, currency: 'EUR' },
    { price: { min: undefined, max: undefined } },
  ];
  it.each(NONE)('may be none: %j', (filters) => {
    expect(isUnfiltered(filters)).toBe(true);
  });

  const SOME: readonly Filters[] = [
    { brand: ['Acme'] },
    { rating: 4 },
    { inStock: true },
    { price: { min: 0 } },
    { price: { max: 5 } },
    { attributes: new Map([['colour', ['Red']]]) },
    { ranges: new Map([['storage', [{ unit: 'GB', min: 1 }]]]) },
  ];
  it.each(SOME)('may be one: %j', (filters) => {
    expect(isUnfiltered(filters)).toBe(false);
  });
});

it('an attribute and its value are one text, and two again', () => {
  expect(splitAttributeKey(attributeKey('ratio', '16:9'))).toEqual(['ratio', '16:9']);
  expect(attributeKey('a', 'bc')).not.toBe(attributeKey('ab', 'c'));
});
