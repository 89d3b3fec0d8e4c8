import { categoryHref, productHref } from '#storefront/core/domain/links.ts';
import type { Figure } from '../figures.ts';
import { WARM_UP_S } from '../floors/express.ts';
import { measure } from '../load.ts';
import { call, read } from '../shop/http.ts';
import { READERS_AT_ONCE } from '../shop/under-load.ts';
import type { EmbeddedRig } from './rig.ts';

/** Milliseconds from the request to the whole page at p95, with 16 readers at once. */
const CACHED = { atMost: 20 };
const RENDERED = { atMost: 60 };

interface Category {
  readonly slug: string;
}

interface Product {
  readonly product_id: string;
  readonly name: string;
}

/** A path for each turn. Where nothing may come from the cache, it never repeats, or only after the cache has lost the page. */
type Addresses = (turn: number) => string;

/** What the storefront's pages take, from the gateway's cache and rendered for each request. */
export const measurePages = async (
  { shop, seconds }: EmbeddedRig,
  products: readonly Product[],
): Promise<readonly Figure[]> => {
  const load = { workers: READERS_AT_ONCE, seconds };
  const { items: categories } = await call<{ readonly items: readonly Category[] }>(
    'GET',
    `${shop.url}/api/v1/categories`,
  );
  const category = categoryHref(categories[0]?.slug ?? '');
  const pages = products.map(({ product_id: id, name }) => productHref(id, name));
  const p95 = async (
    what: string,
    addresses: Addresses,
    aim: NonNullable<Figure['aim']>,
  ): Promise<Figure> => {
    const visit = (turn: number): Promise<void> => read(shop.url + addresses(turn));
    await measure({ ...load, seconds: WARM_UP_S }, visit);
    const { p50Ms, p95Ms, p99Ms } = await measure(load, (turn) => visit(turn + WARM_UP_TURNS));
    return { what: `p95: ${what}`, value: p95Ms, unit: 'ms', latencies: { p50Ms, p95Ms, p99Ms }, aim };
  };
  const always =
    (path: string): Addresses =>
    () =>
      path;
  return [
    await p95('home, cached', always('/'), CACHED),
    await p95('category, cached', always(category), CACHED),
    await p95('search, cached', always('/search?q=lamp'), CACHED),
    await p95('search, not cached', (turn) => `/search?q=lamp&max_price=${1_000 + turn}`, RENDERED),
    await p95('product, cached', always(pages[0] ?? ''), CACHED),
    await p95('product, not cached', (turn) => pages[turn % pages.length] ?? '', RENDERED),
  ];
};

/** More than the warm-up has. */
const WARM_UP_TURNS = 100_000;
