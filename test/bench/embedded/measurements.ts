import { setTimeout as pause } from 'node:timers/promises';
import { rate, type Figure, type Measurement } from '../figures.ts';
import { expressPerSecond, WARM_UP_S } from '../floors/express.ts';
import { measure } from '../load.ts';
import { call, read } from '../shop/http.ts';
import { measureJourneys, memoryFigures } from '../shop/journey.ts';
import { measureBurst } from '../shop/orders.ts';
import { ADDERS, itemToAdd, READERS_AT_ONCE, SHOPPERS_AT_ONCE } from '../shop/under-load.ts';
import { measurePages } from './pages.ts';
import type { EmbeddedRig } from './rig.ts';

const BURST = 200;

/** Pages of 24 products on average; together 2.5 MB, more than the cache holds. */
const LEAST_ON_A_PAGE = 4;
const PAGE_SIZES = 41;
const SORTS = ['newest', 'price_asc', 'price_desc', 'name'] as const;
const BRANDS = ['', '&brand=Bench'] as const;
const PAGES = Array.from({ length: PAGE_SIZES }, (_, index) => LEAST_ON_A_PAGE + index).flatMap((limit) =>
  SORTS.flatMap((sort) => BRANDS.map((brand) => `?limit=${limit}&sort=${sort}${brand}`)),
);
/** Products that the cache holds together, which it does not do with all 1,000. */
const IN_CACHE = 50;

interface ProductPage {
  readonly items: readonly { readonly product_id: string; readonly name: string }[];
  readonly next_cursor?: string;
}

const allProducts = async (products: string): Promise<ProductPage['items']> => {
  const all: ProductPage['items'][number][] = [];
  let cursor: string | undefined;
  do {
    const page: ProductPage = await call('GET', `${products}?limit=100${cursor ? `&cursor=${cursor}` : ''}`);
    all.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  return all;
};

const inTurn = (all: readonly string[], turn: number): string => all[turn % all.length] ?? '';

const reads = async ({ shop, seconds }: EmbeddedRig): Promise<readonly Figure[]> => {
  const load = { workers: READERS_AT_ONCE, seconds };
  const floor = await expressPerSecond(load);
  const products = `${shop.url}/api/v1/products`;
  const ids = (await allProducts(products)).map(({ product_id: id }) => id);
  const few = ids.slice(0, IN_CACHE);
  const measured = async (name: string, url: (turn: number) => string): Promise<Figure> => {
    await measure({ ...load, seconds: WARM_UP_S }, (turn) => read(url(turn))); // as the floor's
    return rate(name, await measure(load, (turn) => read(url(turn))), { floor });
  };
  return [
    rate('floor: bare Express, JSON of a page', floor.measured),
    await measured('product list, cached', () => `${products}?limit=24`),
    await measured('product list, not cached', (turn) => `${products}${inTurn(PAGES, turn)}`),
    await measured('product list, not cached, for all readers at once', (turn) => {
      const page = inTurn(PAGES, Math.floor(turn / READERS_AT_ONCE));
      return `${products}${page}`;
    }),
    await measured('product detail, cached', (turn) => `${products}/${inTurn(few, turn)}`),
    await measured('product detail, not cached', (turn) => `${products}/${inTurn(ids, turn)}`),
  ];
};

const cart = async ({ shop, seconds }: EmbeddedRig): Promise<readonly Figure[]> => {
  const { shoppers, items } = shop;
  const floor = await expressPerSecond({ workers: SHOPPERS_AT_ONCE, seconds });
  const adders = await shoppers.make(ADDERS);
  const added = await measure({ workers: SHOPPERS_AT_ONCE, seconds }, async (turn) => {
    const adder = adders[turn % ADDERS];
    if (adder) await shoppers.add(adder, itemToAdd(items, turn));
  });
  return [rate('add to cart', added, { floor })];
};

/** Until the start and the import have no more to do. */
const SETTLE_MS = 25_000;

const idle = async ({ shop, seconds }: EmbeddedRig): Promise<readonly Figure[]> => {
  await pause(SETTLE_MS);
  const own = shop.processes.filter(({ group }) => group === 'services');
  const cpuMs = () => own.reduce((sum, process) => sum + process.cpuMs(), 0);
  const [before, startedAt] = [cpuMs(), performance.now()];
  await pause(seconds * 2_000);
  const value = (100 * (cpuMs() - before)) / (performance.now() - startedAt);
  return [{ what: 'CPU while nothing happens', value, unit: '% of a core', aim: { atMost: 1 } }];
};

/** What is measured of the shop in one process, in this order. */
export const EMBEDDED: readonly Measurement<EmbeddedRig>[] = [
  { name: 'idle', measure: idle },
  { name: 'reads', measure: reads },
  {
    name: 'pages',
    measure: async (rig) => measurePages(rig, await allProducts(`${rig.shop.url}/api/v1/products`)),
  },
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
