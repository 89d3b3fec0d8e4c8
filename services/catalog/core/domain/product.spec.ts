import { describe, expect, it } from 'vitest';
import { SequentialIds } from '#kernel/ids.ts';
import { HIGHEST_PRICE } from '#kernel/currencies.ts';
import { money } from '#kernel/money.ts';
import { aDraft, aProduct, aVariant } from '../../test/product.mother.ts';
import type { PriceList } from './price-list.ts';
import {
  createProduct,
  nameOfVariant,
  reviseProduct,
  saysTheSame,
  type Product,
  type ProductDraft,
} from './product.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const MARKET = { currencies: new Set(['EUR', 'JPY']), priceLists: new Map<string, PriceList>() };
const LATER = new Date('2026-03-02T12:00:00Z');
const aVariantDraft = (changes: Parameters<typeof aVariant>[0] = {}) => {
  const { variantId: _, listPrices: __, ...draft } = aVariant(changes);
  return draft;
};
const pairs = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key ${index}`, 'x']));

const create = (draft: ProductDraft) => {
  const ids = new SequentialIds();
  return createProduct(draft, 'p-1', () => ids.next(), NOW, MARKET);
};

describe('a new product', () => {
  it('is version 1 of its draft, each variant with an identity', () => {
    const draft = aDraft({ variants: [aVariantDraft(), aVariantDraft()] });
    expect(create(draft)).toEqual({
      ok: true,
      value: {
        ...draft,
        productId: 'p-1',
        version: 1,
        status: 'published',
        related: [],
        former: [],
        variants: draft.variants.map((variant, index) => ({
          ...variant,
          listPrices: [],
          variantId: `00000000-0000-7000-8000-00000000000${index + 1}`,
        })),
        createdAt: NOW,
        updatedAt: NOW,
      },
    });
  });

  it.each([
    ['no variant', []],
    ['a SKU twice', [aVariantDraft({ sku: 'TWICE' }), aVariantDraft({ sku: 'TWICE' })]],
    ['101 variants', Array.from({ length: 101 }, () => aVariantDraft())],
    ['51 attributes', [aVariantDraft({ attributes: pairs(51) })]],
    ['a currency that nothing is sold in', [aVariantDraft({ price: money(1, 'XAF') })]],
    ['a price that no order can hold', [aVariantDraft({ price: money(HIGHEST_PRICE + 1, 'EUR') })]],
    ['one such price', [aVariantDraft(), aVariantDraft({ price: money(HIGHEST_PRICE + 1, 'EUR') })]],
    ['a price below zero', [aVariantDraft({ price: money(-1, 'EUR') })]],
    ['two currencies', [aVariantDraft(), aVariantDraft({ price: money(1, 'JPY') })]],
  ])('is refused with %s', (_, variants) => {
    expect(create(aDraft({ variants }))).toMatchObject({ ok: false, error: { code: 'INVALID_PRODUCT' } });
  });
});

describe('a product', () => {
  it.each([
    ['be free', [aVariantDraft({ price: money(0, 'EUR') })]],
    ['cost as much as an order can hold', [aVariantDraft({ price: money(HIGHEST_PRICE, 'JPY') })]],
    ['have 100 variants', Array.from({ length: 100 }, () => aVariantDraft())],
    ['have 50 attributes', [aVariantDraft({ attributes: pairs(50) })]],
  ])('may %s', (_, variants) => {
    expect(create(aDraft({ variants }))).toMatchObject({ ok: true });
  });

  it('has at most 50 specifications', () => {
    expect(create(aDraft({ specifications: pairs(50) }))).toMatchObject({ ok: true });
    expect(create(aDraft({ specifications: pairs(51) }))).toMatchObject({
      error: { code: 'INVALID_PRODUCT' },
    });
  });
});

describe('a revised product', () => {
  const product = aProduct({
    variants: [aVariant({ sku: 'KEPT', initialStock: 5 }), aVariant({ sku: 'GONE' })],
  });
  const [kept] = product.variants;
  const revise = (draft: ProductDraft) => reviseProduct(product, draft, () => 'new', LATER, MARKET);

  it('is the next version, of the same product', () => {
    expect(revise(aDraft({ name: 'Renamed' }))).toMatchObject({
      value: {
        productId: product.productId,
        name: 'Renamed',
        version: 2,
        createdAt: product.createdAt,
        updatedAt: LATER,
      },
    });
  });

  it('keeps variants by SKU, with their identity and initial stock', () => {
    const variants = [
      aVariantDraft({ sku: 'KEPT', price: money(5, 'EUR'), initialStock: 99 }),
      aVariantDraft({ sku: 'ADDED', initialStock: 7 }),
    ];
    const revised = revise(aDraft({ variants }));
    expect(revised.ok && revised.value.variants).toEqual([
      { ...variants[0], listPrices: [], variantId: kept?.variantId, initialStock: 5 },
      { ...variants[1], listPrices: [], variantId: 'new' },
    ]);
  });

  describe('with prices in lists', () => {
    const list: PriceList = {
      id: 'l-1', version: 1, edition: 1, code: 'US', name: 'USA', currency: 'USD', priority: 5, validFrom: '2026-04-01T00:00:00.000Z',
      createdAt: '', updatedAt: '',
    }; // prettier-ignore
    const market = { ...MARKET, priceLists: new Map([['US', list]]) };
    const draftWith = (prices?: Record<string, number>) =>
      aDraft({
        variants: [aVariantDraft({ sku: 'KEPT', listPrices: [] })].map((one) => ({ ...one, prices })),
      });
    const pricesOf = (before: Product, draft: ProductDraft) => {
      const revised = reviseProduct(before, draft, () => 'new', LATER, market);
      if (!revised.ok) return revised.error.detail;
      return revised.value.variants.map(({ listPrices }) => listPrices);
    };
    const priced = {
      code: 'US', priority: 5, validFrom: '2026-04-01T00:00:00.000Z', validUntil: undefined, price: money(59_90, 'USD'),
    }; // prettier-ignore
    const before = aProduct({ variants: [aVariant({ sku: 'KEPT', listPrices: [priced] })] });

    it('takes over when they are valid', () => {
      expect(pricesOf(aProduct(), draftWith({ US: 59.9 }))).toEqual([[priced]]);
    });

    it('keeps those that the draft does not mention', () => {
      expect(pricesOf(before, draftWith())).toEqual([[priced]]);
      expect(pricesOf(before, draftWith({}))).toEqual([[]]);
    });

    it.each([
      [{ EU: 5 }, 'KEPT: there is no price list EU.'],
      [{ US: 5.999 }, 'KEPT: 5.999 is not an amount of USD.'],
      [{ US: -1 }, 'A price cannot be negative.'],
    ])('refuses %j', (prices, reason) => {
      expect(pricesOf(before, draftWith(prices))).toBe(reason);
    });
  });

  it('gives a returning variant its old identity', () => {
    const { variantId, sku, initialStock } = kept ?? aVariant();
    const without = revise(aDraft({ variants: [aVariantDraft({ sku: 'GONE' })] }));
    if (!without.ok) throw new Error(without.error.detail);
    expect(without.value.former).toEqual([{ variantId, sku, initialStock }]);
    const back = aDraft({
      variants: [aVariantDraft({ sku: 'GONE' }), aVariantDraft({ sku, initialStock: 99 })],
    });
    expect(reviseProduct(without.value, back, () => 'new', LATER, MARKET)).toMatchObject({
      value: {
        variants: [{ variantId: product.variants[1]?.variantId }, { variantId, initialStock }],
        former: [],
      },
    });
  });

  it('forgets the oldest of 201 former variants', () => {
    const former = Array.from({ length: 200 }, (_, index) => ({
      variantId: `v-${index}`,
      sku: `OLD-${index}`,
      initialStock: 0,
    }));
    const draft = aDraft({ variants: [aVariantDraft({ sku: 'KEPT' })] });
    const revised = reviseProduct({ ...product, former }, draft, () => 'new', LATER, MARKET);
    expect(revised.ok && revised.value.former).toHaveLength(200);
    expect(revised.ok && revised.value.former.at(-1)).toMatchObject({ sku: 'GONE' });
  });

  it('must be as valid as a new one', () => {
    expect(revise(aDraft({ variants: [] }))).toMatchObject({ error: { code: 'INVALID_PRODUCT' } });
  });
});

describe('a draft', () => {
  const product = aProduct({
    specifications: { a: '1', b: '2' },
    variants: [aVariant({ attributes: { colour: 'Red', size: 'M' } }), aVariant()],
  });
  const same: ProductDraft = aDraft({ ...product });
  const variantWith = (changes: object): Partial<ProductDraft> => ({
    variants: product.variants.map((variant, index) => (index === 0 ? { ...variant, ...changes } : variant)),
  });

  it('equals the product that it describes', () => {
    expect(saysTheSame(product, same)).toBe(true);
  });

  it.each<[string, Partial<ProductDraft>]>([
    ['specifications', { specifications: { b: '2', a: '1' } }],
    ['variants', { variants: product.variants.toReversed() }],
    ['attributes', variantWith({ attributes: { size: 'M', colour: 'Red' } })],
  ])('equals it whatever the order of its %s', (_, changes) => {
    expect(saysTheSame(product, { ...same, ...changes })).toBe(true);
  });

  it('equals it whatever its stock, which belongs to the inventory', () => {
    expect(saysTheSame(product, { ...same, ...variantWith({ initialStock: 99 }) })).toBe(true);
  });

  it.each<[string, Partial<ProductDraft>]>([
    ['name', { name: 'Other' }],
    ['description', { description: 'Other' }],
    ['category', { category: 'Other' }],
    ['subcategory', { subcategory: 'Other' }],
    ['brand', { brand: 'Other' }],
    ['tags', { tags: ['other'] }],
    ['specifications', { specifications: { a: '1' } }],
    ['number of variants', { variants: product.variants.slice(1) }],
    ['SKUs', variantWith({ sku: 'OTHER' })],
    ['prices', variantWith({ price: money(1, 'EUR') })],
    ['pictures', variantWith({ pictures: [] })],
    ['attributes', variantWith({ attributes: { colour: 'Red' } })],
  ])('differs with other %s', (_, changes) => {
    expect(saysTheSame(product, { ...same, ...changes })).toBe(false);
  });
});

describe('a variant', () => {
  it('is named after its product and its distinguishing attributes', () => {
    const product = aProduct({ name: 'Aerion 14' });
    const attributes = { colour: 'Silver', storage: '512 GB' };
    expect(nameOfVariant(product, aVariant({ attributes }))).toBe('Aerion 14 (Silver, 512 GB)');
    expect(nameOfVariant(product, aVariant({ attributes: {} }))).toBe('Aerion 14');
    const long = nameOfVariant(product, aVariant({ attributes: { story: '🦜'.repeat(300) } }));
    expect(Array.from(long)).toHaveLength(300);
    expect(long).toMatch(/^Aerion 14 \(🦜.*🦜…$/u);
  });
});
