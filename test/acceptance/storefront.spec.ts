import { afterAll, expect, it } from 'vitest';
import { dataOf, type Schemas } from '#client/index.ts';
import { STAFF } from '../faces/admin/staff.ts';
import { makeApiShop } from '#storefront/adapters/shop/shop.api.ts';
import { shopContract } from '#storefront/test/shop.contract.ts';
import { closeTestShops, openTestShop } from './shop.ts';

afterAll(closeTestShops);

it('lists every product of the sample catalogue once for search engines', async () => {
  const test = await openTestShop();
  const { shop } = test.guest();
  const sold: string[] = [];
  let more: { cursor?: string } | undefined = {};
  while (more) {
    const page: Schemas['ProductPage'] = await dataOf(
      shop.GET('/api/v1/products', { params: { query: { limit: 100, ...more } } }),
    );
    sold.push(...page.items.map(({ product_id: productId }) => productId));
    more = page.next_cursor === undefined ? undefined : { cursor: page.next_cursor };
  }
  const sitemap = await (await fetch(`${test.shop.url}/sitemap.xml`)).text();
  const listed = [...sitemap.matchAll(/<loc>[^<]+\/products\/([0-9a-f-]{36})\//g)].map(([, id]) => id);
  expect(sold.length).toBeGreaterThan(150);
  expect(listed.toSorted()).toEqual(sold.toSorted());
});

shopContract('the API', async () => {
  const { shop, staff } = await openTestShop();
  const collection = {
    name: 'Everything',
    kind: 'rule',
    rule: { created_within_days: 3_650 },
    status: 'published',
  };
  await (await staff(...STAFF.admin)).call('POST', '/api/v1/collections', [201], collection);
  return makeApiShop({ baseUrl: () => shop.url, timeoutMs: 10_000 });
});
