import { describe, expect, it } from 'vitest';
import { aProduct, aVariant } from '../../test/search.mother.ts';
import { matchVariant } from './match-variant.ts';

describe('the variant to show', () => {
  const red = aVariant({ sku: 'A-RED', price: 30, attributes: { colour: 'Red' } });
  const blue = aVariant({ sku: 'A-BLUE', price: 20, attributes: { colour: 'Blue' } });
  const plain = aVariant({ sku: 'A', price: 10 });
  const product = aProduct({ variants: [red, blue, plain] });
  const all = { available: new Set(['A-RED', 'A-BLUE', 'A']) };

  it('is the cheapest in stock', () => {
    expect(matchVariant(product, all, {})).toBe(plain);
    expect(matchVariant(product, { available: new Set(['A-RED', 'A-BLUE']) }, {})).toBe(blue);
    expect(matchVariant(product, { available: new Set() }, {})).toBe(plain);
  });

  it('has the SKU that was asked for', () => {
    expect(matchVariant(product, { available: new Set(['A']) }, {}, 'ared')).toBe(red);
  });

  it('meets the filters', () => {
    expect(matchVariant(product, all, { attributes: new Map([['colour', ['Red', 'Green']]]) })).toBe(red);
    expect(matchVariant(product, all, { price: { min: 15, max: 25 } })).toBe(blue);
    expect(matchVariant(product, { available: new Set(['A-RED']) }, { inStock: true })).toBe(red);
  });

  it('is any if none meets them, as after a change that is not indexed yet', () => {
    expect(matchVariant(product, all, { currency: 'USD' })).toBe(plain);
  });
});
