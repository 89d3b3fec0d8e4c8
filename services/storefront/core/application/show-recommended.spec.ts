import { describe, expect, it } from 'vitest';
import { ASH, LAMP, OAK, product } from '../../test/fake-shop.ts';
import { fakePages, guest } from '../../test/pages.ts';
import { makeShowRecommended, type RecommendedList } from './show-recommended.ts';

const shown = (list: Partial<RecommendedList>) => {
  const names: Readonly<Record<string, string>> = { [LAMP]: 'Desk lamp', [OAK]: 'Oak table' };
  const { pages } = fakePages({
    product: (productId) => {
      const name = names[productId];
      return Promise.resolve(name === undefined ? undefined : { ...product, productId, name });
    },
  });
  return makeShowRecommended(pages)(guest, { name: 'for_you', about: undefined, items: [], ...list });
};

const item = (productId: string, code: string, about?: string) => ({
  productId,
  reason: { code, productId: about },
});

describe('recommended products', () => {
  it('are shown with the reason for each', async () => {
    const { products } = await shown({ items: [item(LAMP, 'viewed', OAK), item(OAK, 'popular')] });
    expect(products).toMatchObject([
      {
        name: 'Desk lamp',
        price: { text: '€49.90', isFrom: true },
        because: { code: 'viewed', name: 'Oak table' },
      },
      { name: 'Oak table', because: { code: 'popular', name: undefined } },
    ]);
  });

  it('name the product that all of them are about once', async () => {
    const items = [item(LAMP, 'bought_together', OAK)];
    const list = await shown({ name: 'bought_together', about: OAK, items });
    expect(list).toMatchObject({
      reason: 'Oak table',
      products: [{ name: 'Desk lamp', because: undefined }],
    });
    expect((await shown({ name: 'similar', about: OAK, items })).reason).toBeUndefined();
  });

  it('are left out when they are gone, as is a reason that is', async () => {
    const { products } = await shown({ items: [item(ASH, 'popular'), item(LAMP, 'viewed', ASH)] });
    expect(products).toMatchObject([{ name: 'Desk lamp', because: { code: 'viewed', name: undefined } }]);
  });

  it('need no reason', async () => {
    const { products } = await shown({ items: [{ productId: LAMP, reason: undefined }] });
    expect(products).toMatchObject([{ name: 'Desk lamp', because: undefined }]);
  });
});
