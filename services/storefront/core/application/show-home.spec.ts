import { describe, expect, it } from 'vitest';
import { collection, found, listed } from '../../test/fake-shop.ts';
import { fakePages, guest, pageOf } from '../../test/pages.ts';
import { makeShowHome } from './show-home.ts';

describe('the home page', () => {
  it('fills each shelf with what its order finds', async () => {
    const { pages } = fakePages({
      search: ({ sort }) => Promise.resolve({ ...found, items: [{ ...listed, name: `first by ${sort}` }] }),
    });
    const { shelves } = pageOf(await makeShowHome(pages)(guest), 'home');
    expect(
      shelves.map(({ href, products, list }) => [href, products.map(({ name }) => name), list?.list]),
    ).toEqual([
      ['/search?sort=best_selling', ['first by best_selling'], 'for_you'],
      ['/search?sort=newest', ['first by newest'], undefined],
    ]);
  });

  it('leads to the newest collections', async () => {
    const some = Array.from({ length: 20 }, (_, at) => ({
      ...collection,
      slug: `c-${at}`,
      name: `No. ${at}`,
    }));
    const { pages } = fakePages({ collections: () => Promise.resolve(some) });
    const { collections } = pageOf(await makeShowHome(pages)(guest), 'home');
    expect(collections).toHaveLength(8);
    expect(collections[0]).toEqual({ href: '/collections/c-0', text: 'No. 0' });
  });
});
