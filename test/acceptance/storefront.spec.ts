import { afterAll } from 'vitest';
import { makeApiShop } from '#storefront/adapters/shop/shop.api.ts';
import { shopContract } from '#storefront/test/shop.contract.ts';
import { closeTestShops, openTestShop } from './shop.ts';

afterAll(closeTestShops);

shopContract('the API', async () => {
  const { shop } = await openTestShop();
  return makeApiShop({ baseUrl: () => shop.url, timeoutMs: 10_000 });
});
