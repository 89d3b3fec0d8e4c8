import { describe, expect, it } from 'vitest';
import { ASH, LAMP, listed, OAK, product } from '../../test/fake-shop.ts';
import { fakePages, frameOf, guest, pageOf } from '../../test/pages.ts';
import type { Shop } from '../ports/shop.ts';
import { makeFindProduct, makeShowProduct } from './show-product.ts';

const show = (changes: Partial<Shop> = {}, variantId?: string, slug = 'desk-lamp') =>
  makeShowProduct(fakePages(changes).pages)(guest, LAMP, slug, variantId);

const shown = async (changes: Partial<Shop> = {}, variantId?: string) =>
  pageOf(await show(changes, variantId), 'product');

const selling = (changes: Partial<typeof product>): Partial<Shop> => ({
  product: () => Promise.resolve({ ...product, ...changes }),
});

const LAMPS = { categoryId: 'c', slug: 'lamps', name: 'Lamps', description: '', above: [] };

/** A place for a list, without anything in it yet. */
const TOGETHER = {
  name: 'bought_together',
  products: [],
  list: { list: 'bought_together', placement: 'product', productId: LAMP },
};

describe('the page of a product', () => {
  it.each([
    [new Map([[OAK, 6]]), { state: 'in_stock', units: 6 }],
    [new Map([[OAK, 5]]), { state: 'low', units: 5 }],
    [new Map([[OAK, 0]]), { state: 'sold_out', units: 0 }],
    [new Map([[ASH, 1]]), { state: 'unknown', units: 0 }],
    [undefined, { state: 'unknown', units: 0 }],
  ])('with the stock %j shows %j', async (stock, state) => {
    expect((await shown({ stock: () => Promise.resolve(stock) }, OAK)).stock).toEqual(state);
  });

  it('describes pictures by the name of the product if nothing else is known', async () => {
    const pictures = [
      { url: '/a.svg', alt: '' },
      { url: '/b.svg', alt: 'From the side' },
    ];
    const variants = product.variants.map((one) => ({ ...one, pictures }));
    expect((await shown(selling({ variants }))).pictures).toMatchObject([
      { src: '/a.svg', alt: 'Desk lamp' },
      { src: '/b.svg', alt: 'From the side' },
    ]);
  });

  it('leads to its category', async () => {
    const outcome = await show({ ...selling({ categoryId: 'c' }), category: () => Promise.resolve(LAMPS) });
    expect(pageOf(outcome, 'product').breadcrumbs).toEqual([{ href: '/categories/lamps', text: 'Lamps' }]);
    expect(frameOf(outcome).structured[1]).toMatchObject({
      itemListElement: [{ name: 'Lamps' }, { name: 'Desk lamp' }],
    });
  });

  it('shows what staff has related to it, and similar products where they have not', async () => {
    const other = { ...listed, productId: ASH, name: 'Floor lamp' };
    const inCategory: Partial<Shop> = {
      ...selling({ categoryId: 'c' }),
      similar: (productId, categoryId) =>
        Promise.resolve(productId === LAMP && categoryId === 'c' ? [other] : []),
    };
    const inLamps = { ...inCategory, category: () => Promise.resolve(LAMPS) };
    expect((await shown(inLamps)).shelves).toMatchObject([
      {
        ...{
          name: 'similar',
          reason: 'Lamps',
          href: '/categories/lamps',
          products: [{ name: 'Floor lamp' }],
        },
        list: { list: 'similar', placement: 'product', productId: LAMP },
      },
      TOGETHER,
    ]);
    const chosen = await shown({
      ...inCategory,
      related: () => Promise.resolve([{ ...other, name: 'Bulb' }]),
    });
    expect(chosen.shelves).toMatchObject([
      { name: 'related', products: [{ name: 'Bulb' }], list: undefined },
      TOGETHER,
    ]);
    const { shelves } = await shown({ ...inCategory, ...selling({ categoryId: undefined }) });
    expect(shelves).toMatchObject([{ name: 'similar', products: [] }, TOGETHER]);
  });

  it('shows reviews with their dates, and how the stars are spread', async () => {
    const review = { stars: 5, title: 'Good', text: '', author: 'A.', at: new Date('2026-03-01T12:00:00Z'), isVerified: true, reply: undefined, media: [] }; // prettier-ignore
    const page = await shown({
      reviews: () => Promise.resolve({ average: 4, count: 3, histogram: [0, 0, 1, 0, 2], items: [review] }),
    });
    expect(page.reviews).toMatchObject([{ title: 'Good', date: '1 March 2026' }]);
    expect(page.rating).toEqual({ stars: 4, average: '4.0', count: 3 });
    expect(page.histogram.map(({ stars, percent }) => [stars, percent])).toEqual([
      [5, 67],
      [4, 0],
      [3, 33],
      [2, 0],
      [1, 0],
    ]);
  });

  it('has an empty histogram while there are no reviews', async () => {
    const { histogram, rating } = await shown();
    expect(histogram.map(({ percent }) => percent)).toEqual([0, 0, 0, 0, 0]);
    expect(rating).toBeUndefined();
  });

  it('shows related products, and what is said of it', async () => {
    expect(await shown({ related: () => Promise.resolve([listed]) })).toMatchObject({
      shelves: [{ products: [{ name: 'Desk lamp', price: { text: '€49.90', isFrom: true } }] }, TOGETHER],
      specifications: [{ name: 'max power', value: '7 W' }],
      price: { text: '€49.90', regular: '€59.90' },
    });
  });

  it('does not exist for a product without variants', async () => {
    expect(await show(selling({ variants: [] }))).toBeUndefined();
  });

  it('has the slug that staff gave the product, rather than its name', async () => {
    const renamed = selling({ slug: 'fine-lamp' });
    expect(await show(renamed, OAK)).toEqual({
      kind: 'moved',
      to: `/products/${LAMP}/fine-lamp?variant=${OAK}`,
    });
    expect(frameOf(await show(renamed, OAK, 'fine-lamp')).canonical).toBe(
      `https://shop.example/products/${LAMP}/fine-lamp`,
    );
  });
});

describe('a product asked for without its name', () => {
  it('is found at its address', async () => {
    expect(await makeFindProduct(fakePages().pages)(guest, LAMP)).toEqual({
      kind: 'moved',
      to: `/products/${LAMP}/desk-lamp`,
    });
  });

  it('may not exist', async () => {
    expect(await makeFindProduct(fakePages().pages)(guest, OAK)).toBeUndefined();
  });
});
