import { describe, expect, it } from 'vitest';
import { listed } from '../../test/fake-shop.ts';
import { fakePages, guest } from '../../test/pages.ts';
import { makeSitemap } from './sitemap.ts';

const addressesIn = (sitemap: string): readonly string[] =>
  [...sitemap.matchAll(/<loc>https:\/\/shop\.example(.*?)<\/loc>/g)].map(([, path = '']) => path);

describe('the sitemap', () => {
  it('contains all pages of products', async () => {
    const { pages } = fakePages({
      categories: () => Promise.resolve([]),
      products: (cursor) =>
        Promise.resolve(
          cursor === undefined
            ? { items: [{ ...listed, productId: '1' }], next: 'b' }
            : { items: [{ ...listed, productId: `2-${cursor}` }], next: undefined },
        ),
    });
    expect(addressesIn(await makeSitemap(pages)(guest))).toEqual([
      '/',
      '/collections/summer',
      '/products/1/desk-lamp',
      '/products/2-b/desk-lamp',
    ]);
  });

  it('contains the categories of all levels, written for XML', async () => {
    const category = { categoryId: 'c', name: '', count: 1, picture: undefined };
    const { pages } = fakePages({
      categories: () =>
        Promise.resolve([
          { ...category, slug: 'home', children: [{ ...category, slug: "d'or", children: [] }] },
        ]),
      products: () => Promise.resolve({ items: [], next: undefined }),
    });
    expect(addressesIn(await makeSitemap(pages)(guest))).toEqual([
      '/',
      '/categories/home',
      '/categories/d&#39;or',
      '/collections/summer',
    ]);
  });

  it('ends where the protocol does, however many products there are', async () => {
    const items = Array.from({ length: 20_000 }, () => listed);
    const { pages } = fakePages({ products: () => Promise.resolve({ items, next: 'more' }) });
    const sitemap = await makeSitemap(pages)(guest);
    expect(sitemap.split('<url>')).toHaveLength(1 + 50_000);
  });
});
