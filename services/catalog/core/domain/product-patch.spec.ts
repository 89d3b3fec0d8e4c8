import { describe, expect, it } from 'vitest';
import { money, moneyOf } from '#kernel/money.ts';
import { aProduct, aVariant } from '../../test/product.mother.ts';
import type { Product } from './product.ts';
import { draftOf, type ProductPatch } from './product-patch.ts';

const small = aVariant({
  sku: 'SHIRT-S',
  price: money(1_000, 'EUR'),
  attributes: { size: 'S', colour: 'red' },
});
const large = aVariant({ sku: 'SHIRT-L', price: money(1_200, 'EUR') });
const shirt = aProduct({
  name: 'Shirt',
  tags: ['new'],
  specifications: { a: '1', b: '2' },
  variants: [small, large],
});

const draft = (patch: ProductPatch, before = shirt) => {
  const made = draftOf(patch, before);
  if (!made.ok) throw new Error(made.error.join());
  return made.value;
};

describe('a patch', () => {
  it('changes the given fields, and no others', () => {
    const { name, tags, specifications, variants } = draft({
      name: 'Blouse',
      variants: [{ sku: 'SHIRT-L', price: 13 }],
    });
    expect({ name, tags, specifications }).toEqual({
      name: 'Blouse',
      tags: ['new'],
      specifications: { a: '1', b: '2' },
    });
    expect(variants).toMatchObject([
      { sku: 'SHIRT-S', price: small.price, attributes: small.attributes, pictures: small.pictures },
      { sku: 'SHIRT-L', price: money(1_300, 'EUR'), attributes: large.attributes, pictures: large.pictures },
    ]);
  });

  it('may change a variant without repeating its price', () => {
    expect(draft({ variants: [{ sku: 'SHIRT-S', images: [] }] }).variants[0]).toMatchObject({
      price: small.price,
      pictures: [],
    });
  });

  it('may change texts of pictures by their places, and clear them', () => {
    const pictures = [
      { url: '/a.svg', alt: 'A' },
      { url: '/b.svg', alt: 'B' },
    ];
    const before = { ...shirt, variants: [{ ...small, pictures }] };
    const changed = (said: object) => draftOf({ variants: [{ sku: 'SHIRT-S', ...said }] }, before);
    const withTexts = (...alts: readonly string[]) => ({
      value: { variants: [{ pictures: alts.map((alt, at) => ({ url: pictures[at]?.url, alt })) }] },
    });
    expect(changed({})).toMatchObject(withTexts('A', 'B'));
    expect(changed({ imageTexts: ['', 'Back'] })).toMatchObject(withTexts('', 'Back'));
    expect(changed({ imageTexts: [''] })).toMatchObject(withTexts('', ''));
    expect(changed({ imageTexts: ['A', 'B', 'C'] })).toEqual({
      ok: false,
      error: ['SHIRT-S: there are more texts than images.'],
    });
  });

  it('merges what search engines show by key, and replaces related products', () => {
    const before = { ...shirt, seo: { title: 'Shirt', slug: 'shirt' }, related: ['p-1'] };
    expect(draft({ variants: [{ sku: 'SHIRT-S' }] }, before)).not.toHaveProperty('seo');
    expect(
      draft({ seo: { title: 'Best', slug: '' }, related: ['p-2'], variants: [{ sku: 'SHIRT-S' }] }, before),
    ).toMatchObject({ seo: { title: 'Best' }, related: ['p-2'] });
  });

  it('names a category by its ID before its names, and without either leaves the product where it is', () => {
    const before = { ...shirt, categoryIds: ['c-1', 'c-2'], categoryPath: ['Things', 'Small things'] };
    const variants = [{ sku: 'SHIRT-S' }];
    expect(draft({ variants }, before)).toMatchObject({ categoryIds: ['c-1', 'c-2'] });
    expect(draft({ categoryId: 'c-3', variants }, before)).toMatchObject({
      category: '',
      categoryIds: ['c-3'],
    });
    expect(draft({ categoryId: 'c-3', category: 'Else', variants }, before)).toMatchObject({
      category: 'Else',
      categoryIds: ['c-3'],
    });
    expect(draft({ category: 'Else', variants }, before)).toMatchObject({ categoryIds: [] });
  });

  it('adds variants, in the currency of the others', () => {
    expect(draft({ variants: [{ sku: 'SHIRT-XL', price: 14, initialStock: 3 }] }).variants[2]).toEqual({
      sku: 'SHIRT-XL',
      price: money(1_400, 'EUR'),
      attributes: {},
      pictures: [],
      initialStock: 3,
    });
  });

  it('merges specifications and attributes by key, and removes empty ones', () => {
    const made = draft({
      tags: [],
      specifications: { b: '', c: '3' },
      variants: [{ sku: 'SHIRT-S', attributes: { colour: '', fit: 'slim' } }],
    });
    expect(made.tags).toEqual([]);
    expect(made.specifications).toEqual({ a: '1', c: '3' });
    expect(made.variants[0]?.attributes).toEqual({ size: 'S', fit: 'slim' });
  });

  it('of no product needs all fields of a product', () => {
    const variants = [{ sku: 'SHIRT-S', price: 1, currency: 'EUR' }];
    expect(draftOf({ name: 'Shirt', variants })).toEqual({
      ok: false,
      error: ['A new or replaced product needs: category, subcategory, brand.'],
    });
    const text = { name: 'Shirt', category: 'C', subcategory: 'S', brand: 'B' };
    expect(draftOf({ ...text, variants })).toMatchObject({
      value: { ...text, description: '', tags: [], specifications: {} },
    });
  });

  it.each([
    ['a variant without a price', { sku: 'SHIRT-XL' }],
    ['a currency without a price', { sku: 'SHIRT-S', currency: 'USD' }],
    ['an amount that the currency does not have', { sku: 'SHIRT-S', price: 1.005 }],
  ])('is refused with %s', (_, variant) => {
    expect(draftOf({ variants: [variant] }, shirt)).toMatchObject({ ok: false });
  });

  it('changes only the parts of a schedule that it names', () => {
    const [from, until, later] = [new Date('2026-03-01'), new Date('2026-04-01'), new Date('2026-05-01')];
    const before = aProduct({ status: 'draft', publishAt: from, unpublishAt: until });
    const publishing = (patch: ProductPatch['publishing'], product: Product = before) => {
      const made = draftOf({ variants: [], ...(patch && { publishing: patch }) }, product);
      return made.ok && made.value.publishing;
    };
    expect(publishing({ status: 'published' })).toEqual({
      status: 'published',
      publishAt: from,
      unpublishAt: until,
    });
    expect(publishing({ unpublishAt: later })).toEqual({
      status: 'draft',
      publishAt: from,
      unpublishAt: later,
    });
    expect(publishing({ publishAt: null, unpublishAt: null })).toEqual({ status: 'draft' });
    expect(publishing({ publishAt: later }, aProduct())).toEqual({ status: 'published', publishAt: later });
    expect(publishing(undefined)).toBeUndefined();
  });

  it('changes only the list prices that it names', () => {
    const inLists = (prices: Record<string, number>) => Object.entries(prices).map(([code, decimal]) => ({
      code, priority: 1, price: moneyOf(decimal, 'EUR'),
    })); // prettier-ignore
    const before = { ...shirt, variants: [{ ...small, listPrices: inLists({ SALE: 5, CLUB: 6 }) }] };
    const pricesOf = (prices: Record<string, number | null>) => {
      const made = draftOf({ variants: [{ sku: 'SHIRT-S', prices }] }, before);
      return made.ok && made.value.variants[0]?.prices;
    };
    expect(pricesOf({ SALE: 4, NEW: 7 })).toEqual({ SALE: 4, CLUB: 6, NEW: 7 });
    expect(pricesOf({ CLUB: null })).toEqual({ SALE: 5 });
  });

  it('is refused without a currency if several are possible', () => {
    const text = { name: 'Shirt', category: 'C', subcategory: 'S', brand: 'B' };
    expect(draftOf({ ...text, variants: [{ sku: 'SHIRT-S', price: 1 }] })).toMatchObject({ ok: false });
  });
});
