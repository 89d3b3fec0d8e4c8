import { describe, expect, it } from 'vitest';
import { aProduct, aVariant } from '../../test/product.mother.ts';
import { missingIn, termsOf, termsWanted, type TermFilter } from './terms.ts';

const product = aProduct({
  name: 'Crème T-Shirt',
  brand: 'Ink & Co',
  categoryIds: ['c-1'],
  variants: [aVariant({ sku: 'TEE-RED-XL' }), aVariant({ sku: 'TEE-BLUE' })],
});
const terms = new Set(termsOf(product));
const isFoundBy = (filter: TermFilter): boolean => termsWanted(filter).every((term) => terms.has(term));

describe('a product is found', () => {
  it.each([
    'c',
    'creme',
    'CRÈME',
    't-shirt',
    'shi',
    'ink co',
    'creme ink',
    'tee-red',
    'red',
    'xl',
    '  blue ',
  ])('by %s', (q) => {
    expect(isFoundBy({ q })).toBe(true);
  });

  it.each(['reme', 'hirt', 'creme maker', 'tee-red-xxl', 'kettle'])('not by %s', (q) => {
    expect(isFoundBy({ q })).toBe(false);
  });

  it('by the beginning of a SKU', () => {
    for (const sku of ['TEE-RED-XL', 'tee-red', 'T']) expect(isFoundBy({ sku })).toBe(true);
    for (const sku of ['RED', 'TEE-RED-XL-2', 'CREME']) expect(isFoundBy({ sku })).toBe(false);
  });

  it('by the first 40 letters of a long word', () => {
    const long = termsOf(aProduct({ name: 'x'.repeat(300), variants: [aVariant({ sku: 'SKU' })] }));
    expect(termsWanted({ q: 'x'.repeat(100) }).every((term) => long.includes(term))).toBe(true);
  });
});

describe('a product lacks', () => {
  it('nothing if it can be sold', () => {
    expect(missingIn(product)).toEqual([]);
  });

  it('a category until it is filed', () => {
    expect(missingIn({ ...product, categoryIds: [] })).toEqual(['category']);
  });

  it('a picture if no variant has one, and a price if a variant is free', () => {
    const bare = aVariant({ pictures: [] });
    expect(missingIn({ ...product, variants: [bare, aVariant()] })).toEqual([]);
    expect(missingIn({ ...product, variants: [bare, bare] })).toEqual(['image']);
    const free = aVariant({ price: { minor: 0, currency: 'EUR' } });
    expect(missingIn({ ...product, variants: [aVariant(), free] })).toEqual(['price']);
    expect(termsOf({ ...product, variants: [free] })).toContain('!price');
  });
});
