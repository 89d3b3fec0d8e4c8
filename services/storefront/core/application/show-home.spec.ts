import { describe, expect, it } from 'vitest';
import { found, listed } from '../../test/fake-shop.ts';
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
});
