import { describe, expect, it } from 'vitest';
import { LAMP } from '../../test/fake-shop.ts';
import { customer, fakePages, pageOf, signedIn } from '../../test/pages.ts';
import { makeWishList } from './wish-list.ts';

const idOf = (index: number): string => `019a0b1c-2d3e-7f40-8a51-${String(index).padStart(12, '0')}`;

const pageAfter = async (wishes: readonly string[], after?: string) => {
  const { pages } = fakePages({ wishes: () => Promise.resolve(wishes) });
  return pageOf(await makeWishList(pages).show(signedIn, customer, after, undefined), 'wish-list');
};

describe('a wish list', () => {
  it('shows products as other lists do, and those that are gone', async () => {
    const { wishes } = await pageAfter([LAMP, idOf(1)]);
    expect(wishes).toMatchObject([
      {
        productId: LAMP,
        product: { name: expect.any(String), price: { text: expect.any(String) }, isSoldOut: false },
      },
      { productId: idOf(1), product: undefined },
    ]);
  });

  it('has pages, and begins again after a product that was removed meanwhile', async () => {
    const all = Array.from({ length: 30 }, (_, index) => idOf(index));
    const first = await pageAfter(all);
    expect(first.wishes.map(({ productId }) => productId)).toEqual(all.slice(0, 24));
    expect(first.nextHref).toBe(`/account/wish-list?after=${idOf(23)}`);
    const second = await pageAfter(all, idOf(23));
    expect(second.wishes.map(({ productId }) => productId)).toEqual(all.slice(24));
    expect(second.nextHref).toBeUndefined();
    expect((await pageAfter(all, idOf(99))).wishes[0]?.productId).toBe(idOf(0));
  });

  it('says that it has changed', async () => {
    const { pages } = fakePages();
    const list = makeWishList(pages);
    expect(await list.add(signedIn, customer, LAMP)).toEqual({
      kind: 'see',
      to: '/account/wish-list?notice=WISH_ADDED',
    });
    expect(await list.remove(signedIn, customer, LAMP)).toEqual({
      kind: 'see',
      to: '/account/wish-list?notice=REMOVED',
    });
  });
});
