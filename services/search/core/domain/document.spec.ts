import { describe, expect, it } from 'vitest';
import { aListing, aVariant } from '../../test/search.mother.ts';
import { FIELDS, STRONG_FIELDS, kindKey, toIndexChange, type Document } from './document.ts';
import type { Listing, Product } from './listing.ts';

const documentOf = (product: Partial<Product>, of: Partial<Listing> = {}): Document => {
  const { document } = toIndexChange(aListing(product, of));
  if (!document) throw new Error('no document');
  return document;
};

const LAMP: Product = {
  name: 'Desk Lamps',
  description: 'Glows warmly.',
  category: 'Home',
  subcategory: 'Lights',
  tags: ['new', 'new'],
  brand: 'Lumen',
  specifications: { Power: '5 W' },
  variants: [
    aVariant({ sku: 'LA-1-R', attributes: { colour: 'Red' }, price: 20, currency: 'EUR' }),
    aVariant({ sku: 'LA-1-B', attributes: { colour: 'Blue' }, price: 25, currency: 'EUR' }),
  ],
  createdAt: '2026-01-02T00:00:00.000Z',
};

describe('the document of a listing', () => {
  it('has the terms of each field', () => {
    const { terms } = documentOf(LAMP);
    expect(terms.name).toEqual(expect.arrayContaining(['desk', 'lamp']));
    expect(terms.brand).toContain('lumen');
    expect(terms.category).toEqual(expect.arrayContaining(['home', 'light', 'new']));
    expect(terms.description).toEqual(expect.arrayContaining(['glow', 'warmly']));
    expect(terms.attributes).toEqual(expect.arrayContaining(['red', 'blue', 'power', 'la']));
    expect(terms.attributes).not.toContain('la1r');
  });

  it('has keys of its name, its kinds and its SKUs, each once', () => {
    expect(documentOf(LAMP)).toMatchObject({
      kinds: ['home', 'light', 'new'],
      skus: ['la1r', 'la1b'],
      skuParts: ['la', 'la1', 'la1r', 'la1b'],
      tags: ['new'],
    });
    expect(documentOf(LAMP).nameKey).toBe(documentOf({ ...LAMP, name: 'desk lamps' }).nameKey);
    expect(kindKey('Laptops')).toBe(kindKey('laptop'));
  });

  it('is of all categories in its path, or of the two that it names', () => {
    const path = { categoryIds: ['c-1', 'c-2', 'c-3'], categoryPath: ['Home', 'Lights', 'Desks'] };
    expect(documentOf({ ...LAMP, ...path })).toMatchObject({
      categoryIds: path.categoryIds,
      kinds: ['home', 'light', 'desk', 'new'],
    });
    expect(documentOf({ ...LAMP, subcategory: '' })).toMatchObject({
      categoryIds: [],
      subcategory: '',
      kinds: ['home', 'new'],
    });
  });

  it('has what filters and orders need', () => {
    const document = documentOf(LAMP, {
      available: new Set(['LA-1-B']),
      rating: { average: 4.5, count: 10 },
      sold: 7,
    });
    expect(document).toMatchObject({
      category: 'Home',
      subcategory: 'Lights',
      brand: 'Lumen',
      rating: 4.5,
      sold: 7,
      createdAt: Date.UTC(2026, 0, 2),
      variants: [
        { price: 20, currency: 'EUR', inStock: false, attributes: ['colour\u001fRed'] },
        { price: 25, currency: 'EUR', inStock: true, attributes: ['colour\u001fBlue'] },
      ],
    });
    expect(documentOf(LAMP).rating).toBe(0);
  });

  it('removes a product that is gone', () => {
    expect(toIndexChange({ ...aListing(), productId: 'p', revision: 3, product: undefined })).toEqual({
      productId: 'p',
      revision: 3,
    });
  });

  it.each([
    ['nothing', { available: new Set<string>() }, 1],
    ['stock', {}, 1.1],
    ['a single sale', { sold: 1 }, 1.1 + 0.05 / 8],
    ['a thousand sales', { sold: 1_000 }, 1.15],
    ['more sales', { sold: 50_000 }, 1.15],
    ['five stars of fifty shoppers', { rating: { average: 5, count: 50 } }, 1.15],
    ['four stars of many', { rating: { average: 4, count: 500 } }, 1.125],
    ['two stars', { rating: { average: 2, count: 50 } }, 1.1],
    ['no reviews', { rating: { average: 0, count: 0 } }, 1.1],
    ['everything', { sold: 1_000, rating: { average: 5, count: 50 } }, 1.2],
  ])('is lifted by %s', (_, of, boost) => {
    expect(documentOf(LAMP, of).boost).toBeCloseTo(boost, 10);
  });
});

it('a description says less than all other fields', () => {
  expect(FIELDS).toEqual([...STRONG_FIELDS, 'description']);
});
