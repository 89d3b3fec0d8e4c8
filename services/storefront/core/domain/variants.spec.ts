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

  it('prefer a variant in stock among those that are equally like it', () => {
    const product = {
      ...SHIRT,
      variants: [
        variant('red', { colour: 'Red', pattern: 'Plain' }),
        variant('blue-dots', { colour: 'Blue', pattern: 'Dots' }),
        variant('blue-stripes', { colour: 'Blue', pattern: 'Stripes' }),
      ],
    };
    const [red] = product.variants;
    const hrefOfBlue = (stock?: ReadonlyMap<string, number>) =>
      red && optionsOf(product, red, stock)[0]?.values[1]?.href;
    expect(hrefOfBlue()).toBe('/products/p/shirt?variant=blue-dots');
    expect(hrefOfBlue(new Map([['blue-dots', 0]]))).toBe('/products/p/shirt?variant=blue-stripes');
  });

  it('may be missing from some variants', () => {
    const product = {
      ...SHIRT,
      variants: [
        variant('plain', {}),
        variant('red', { colour: 'Red' }),
        variant('blue', { colour: 'Blue' }),
      ],
    };
    const [plain] = product.variants;
    expect(plain && optionsOf(product, plain, undefined)).toMatchObject([
      {
        name: 'colour',
        values: [
          { text: 'Red', isChosen: false },
          { text: 'Blue', isChosen: false },
        ],
      },
    ]);
  });

  it('say what is sold out', () => {
    const [colour] = options(new Map([['blue-m', 0]]));
    expect(colour?.values.map(({ isSoldOut }) => isSoldOut)).toEqual([false, true]);
  });
});
