import { rate, type Figure, type Measurement } from '../figures.ts';
import { expressPerSecond } from '../floors/express.ts';
import { measure } from '../load.ts';
import { read } from '../shop/http.ts';
import { measureJourneys, memoryFigures } from '../shop/journey.ts';
import { measureBurst } from '../shop/orders.ts';
import { itemFor } from '../shop/products.ts';
import { ADDERS, itemToAdd, READERS_AT_ONCE, SHOPPERS_AT_ONCE } from '../shop/under-load.ts';
import type { EmbeddedRig } from './rig.ts';

const BURST = 200;

/** Pages of 24 products on average, more of them than the cache holds. */
const LEAST_ON_A_PAGE = 14;
const PAGE_SIZES = 21;
const SORTS = ['newest', 'price_asc', 'price_desc', 'name'] as const;
/** Products that the cache holds together. */
const IN_CACHE = 50;

const reads = async ({ shop, seconds }: EmbeddedRig): Promise<readonly Figure[]> => {
  const load = { workers: READERS_AT_ONCE, seconds };
  const floor = await expressPerSecond(load);
  const products = `${shop.url}/api/v1/products`;
  const page = (turn: number): string =>
    `${products}?limit=${LEAST_ON_A_PAGE + (turn % PAGE_SIZES)}&sort=${SORTS[turn % SORTS.length]}`;
  const product = (turn: number): string => `${products}/${itemFor(shop.items, turn).product_id}`;
  return [
    rate('floor: bare Express, JSON of a page', floor.measured),
    rate('product list, cached', await measure(load, () => read(`${products}?limit=24`)), { floor }),
    rate('product list, not cached', await measure(load, (turn) => read(page(turn))), { floor }),
    rate('product detail, cached', await measure(load, (turn) => read(product(turn % IN_CACHE))), { floor }),
    rate('product detail, not cached', await measure(load, (turn) => read(product(turn))), { floor }),
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
    measure: async ({ shop, inserts, seconds }) => {
      const { cpuMs } = await expressPerSecond({ workers: SHOPPERS_AT_ONCE, seconds: 1 });
      const request = { what: 'ms, a request of bare Express', value: cpuMs };
      return measureJourneys(shop, seconds * 2, inserts, request);
    },
  },
  { name: 'memory', measure: async ({ shop }) => memoryFigures(shop) },
];
