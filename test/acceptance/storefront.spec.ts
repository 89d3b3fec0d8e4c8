import { afterAll } from 'vitest';
import { makeApiShop } from '#storefront/adapters/shop/shop.api.ts';
import { shopContract } from '#storefront/test/shop.contract.ts';
import { closeTestShops, ONE_PROFILE, openTestShop } from './shop.ts';

afterAll(closeTestShops);

shopContract('the API', async () => {
  const { shop } = await openTestShop(ONE_PROFILE);
  return makeApiShop({ baseUrl: () => shop.url, timeoutMs: 10_000 });
});
