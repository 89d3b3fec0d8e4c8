import { systemIds } from '#adapters/system/ids.ts';
import { rate, type Figure, type Measurement } from '../figures.ts';
import { expressPerSecond } from '../floors/express.ts';
import { measure } from '../load.ts';
import { read } from '../shop/http.ts';
import { measureJourneys, memoryFigures } from '../shop/journey.ts';
import { measureBurst } from '../shop/orders.ts';
import { itemFor } from '../shop/products.ts';
import { tokenFor } from '../shop/shoppers.ts';
import { ADDERS, itemToAdd, READERS_AT_ONCE, SHOPPERS_AT_ONCE } from '../shop/under-load.ts';
import type { EmbeddedRig } from './rig.ts';

const BURST = 200;

const reads = async ({ shop, seconds }: EmbeddedRig): Promise<readonly Figure[]> => {
  const load = { workers: READERS_AT_ONCE, seconds };
  const floor = await expressPerSecond(load);
  const page = `${shop.url}/api/v1/products?limit=24`;
  const product = (turn: number): string =>
    `${shop.url}/api/v1/products/${itemFor(shop.items, turn).product_id}`;
  // A request with a token is never answered from the cache.
  const token = await tokenFor(shop.sign, systemIds.next());
  return [
    rate('floor: bare Express, JSON of a page', floor.measured),
    rate('product list, cached', await measure(load, () => read(page)), { floor }),
    rate('product list, not cached', await measure(load, () => read(page, token)), { floor }),
    rate('product detail, cached', await measure(load, (turn) => read(product(turn))), { floor }),
    rate('product detail, not cached', await measure(load, (turn) => read(product(turn), token)), { floor }),
  ];
};

const cart = async ({ shop, seconds }: EmbeddedRig): Promise<readonly Figure[]> => {
  const { shoppers, items } = shop;
  const adders = await shoppers.make(ADDERS);
  const added = await measure({ workers: SHOPPERS_AT_ONCE, seconds }, async (turn) => {
    const adder = adders[turn % ADDERS];
    if (adder) await shoppers.add(adder, itemToAdd(items, turn));
  });
  return [rate('add to cart', added)];
};

/** What is measured of the shop in one process, in this order. */
export const EMBEDDED: readonly Measurement<EmbeddedRig>[] = [
  { name: 'reads', measure: reads },
  { name: 'cart', measure: cart },
  {
    name: 'orders',
    measure: ({ shop, inserts }) => measureBurst(shop, { orders: BURST, floor: inserts }),
  },
  {
    name: 'journey',
    measure: ({ shop, inserts, seconds }) => measureJourneys(shop, seconds * 2, inserts),
  },
  { name: 'memory', measure: async ({ shop }) => memoryFigures(shop) },
];
