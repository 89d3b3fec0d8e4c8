import { describe, expect, it } from 'vitest';
import { money } from '#kernel/money.ts';
import type { Product } from '../ports/shop.ts';
import { chosenVariant, optionsOf } from './variants.ts';

const variant = (variantId: string, attributes: Readonly<Record<string, string>>) => ({
  variantId,
  sku: variantId,
  attributes,
  price: money(100, 'EUR'),
  regular: undefined,
  pictures: [],
});

const SHIRT: Product = {
  productId: 'p',
  name: 'Shirt',
  slug: undefined,
  title: undefined,
  summary: undefined,
  description: '',
  brand: '',
  categoryId: undefined,
  specifications: {},
  variants: [
    variant('red-s', { colour: 'Red', size: 'S', fit: 'Slim' }),
    variant('red-m', { colour: 'Red', size: 'M', fit: 'Slim' }),
    variant('blue-m', { colour: 'Blue', size: 'M', fit: 'Slim' }),
  ],
};

const chosen = (wanted: string | undefined, stock?: ReadonlyMap<string, number>): string | undefined =>
  chosenVariant(SHIRT, wanted, stock)?.variantId;

describe('the variant that a page shows', () => {
  it('is the one asked for, or the first in stock, or the first', () => {
    expect(chosen('blue-m')).toBe('blue-m');
    expect(chosen('unknown')).toBe('red-s');
    expect(chosen(undefined, new Map([['red-s', 0], ['red-m', 1]]))).toBe('red-m'); // prettier-ignore
    expect(chosen(undefined, new Map(SHIRT.variants.map(({ variantId }) => [variantId, 0])))).toBe('red-s');
  });
});

describe('the options of a product', () => {
  const options = (stock?: ReadonlyMap<string, number>) => {
    const [first] = SHIRT.variants;
    return first ? optionsOf(SHIRT, first, stock) : [];
  };

  it('are the attributes in which its variants differ', () => {
    expect(options().map(({ name }) => name)).toEqual(['colour', 'size']);
  });

  it('lead to the variant that is most like the chosen one', () => {
    expect(options()[0]?.values.map(({ href }) => href)).toEqual([
      '/products/p/shirt?variant=red-s',
      '/products/p/shirt?variant=blue-m',
    ]);
    expect(options()[0]?.values.map(({ isChosen }) => isChosen)).toEqual([true, false]);
  });

  it('say what is sold out', () => {
    const [colour] = options(new Map([['blue-m', 0]]));
    expect(colour?.values.map(({ isSoldOut }) => isSoldOut)).toEqual([false, true]);
  });
});
