/**
 * `npm run bench -- catalog [--products N,N] [--seconds S]`: how long the reads of the catalog take over HTTP, one at a time, at
 * each of these numbers of products, in a service on a private PostgreSQL. Each read is measured for S seconds. The floor, in PostgreSQL
 * alone, is as many products by ID as a page has, out of as many as the categories' first pages show.
 */
import { parseArgs } from 'node:util';
import { migrate } from '#adapters/postgres/migrate.ts';
import { openPg } from '#adapters/postgres/pg-database.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { table } from '#scripts/lib/table.ts';
import { measure, type Measured } from '#test/bench/load.ts';
import { randomFrom } from '#test/bench/search/products.ts';
import { startPrivatePostgres } from '#test/kit/private-postgres.ts';
import { catalog } from '#catalog/main/module.ts';
import { call } from '../shop/http.ts';
import { ADJECTIVES, COMMON, generateProducts, idOf, NOUNS, RARE, ROOTS, SUBCATEGORIES } from './products.ts';
import { serveCatalog, type ServedCatalog } from './served-catalog.ts';

const LIMIT = 24;
const OFFERS = 20;
const WARM_UP_SECONDS = 0.5;
/** Holds all products of the largest size, as a server that is chosen for a shop does. */
const BUFFERS = '6GB';
const SORTS = ['newest', 'name', 'price_asc', 'price_desc'];

const { values, positionals } = parseArgs({
  options: {
    products: { type: 'string', default: '1000,100000' },
    seconds: { type: 'string', default: '2' },
  },
  allowPositionals: true,
});
const sizes = values.products.split(',').map(Number);
const seconds = Number(values.seconds);
if (
  positionals.join() !== 'catalog' ||
  !sizes.every((size) => Number.isInteger(size) && size > 0) ||
  !(seconds > 0)
) {
  console.error('usage: npm run bench -- catalog [--products N,N] [--seconds S]');
  process.exit(2);
}

const BY_ID = 'select summary_json from catalog.products where product_id = any($1::uuid[])';

type Read = () => Promise<unknown>;
type Query = Readonly<Record<string, string>>;
interface Page {
  readonly next_cursor?: string;
}

/** @param visible IDs of products that customers see */
const readsOf = (
  { url, staffToken, offersToken }: ServedCatalog,
  database: SqlDatabase,
  size: number,
  visible: readonly string[],
): ReadonlyMap<string, Read> => {
  const random = randomFrom(7);
  const below = (count: number): number => Math.floor(random() * count);
  const pick = (words: readonly string[]): string => words[below(words.length)] ?? '';
  const page = (path: string, query: Query, token?: string): Promise<Page> =>
    call('GET', `${url}${path}?${new URLSearchParams({ limit: String(LIMIT), ...query }).toString()}`, {
      token,
    });
  const ofShop = (query: Query): Promise<Page> => page('/api/v1/products', query);
  const ofStaff = (query: Query): Promise<Page> => page('/api/v1/staff/products', query, staffToken);
  const categoryId = (): string => idOf('subcategory', below(ROOTS * SUBCATEGORIES));
  const somePage = (): readonly string[] => {
    const start = below(ROOTS * SUBCATEGORIES) * LIMIT;
    return visible.slice(start, start + LIMIT);
  };
  return new Map<string, Read>([
    [`floor: ${LIMIT} by ID`, () => database.query(BY_ID, [somePage()])],
    ...SORTS.map((sort) => [`list: ${sort}`, walk((cursor) => ofShop({ sort, ...cursor }))] as const),
    ...SORTS.map(
      (sort) => [`category_id: ${sort}`, () => ofShop({ sort, category_id: categoryId() })] as const,
    ),
    ['root category_id: newest', () => ofShop({ category_id: idOf('root', below(ROOTS)) })],
    [
      'category, subcategory',
      () => ofShop({ category: `Root ${below(ROOTS)}`, subcategory: `Row ${below(SUBCATEGORIES)}` }),
    ],
    ['brand, of 5 %', () => ofShop({ brand: `Maker ${below(COMMON)}` })],
    ['brand, of 0.2 %', () => ofShop({ brand: `Rare Maker ${below(RARE)}` })],
    ['tag, of 5 %', () => ofShop({ tag: `Tag ${below(COMMON)}` })],
    ['tag, of 0.2 %', () => ofShop({ tag: `Rare Tag ${below(RARE)}` })],
    ['detail', () => call('GET', `${url}/api/v1/products/${pick(visible)}`)],
    [
      `offers of ${OFFERS} variants`,
      async () =>
        call('POST', `${url}/internal/v1/offers`, {
          token: await offersToken(),
          body: { variant_ids: Array.from({ length: OFFERS }, () => idOf('small', below(size))) },
        }),
    ],
    ['staff: updated', walk((cursor) => ofStaff(cursor))],
    ['staff: status draft', () => ofStaff({ status: 'draft' })],
    ['staff: q, one word', () => ofStaff({ q: pick(NOUNS) })],
    ['staff: q, two words', () => ofStaff({ q: `${pick(ADJECTIVES)} ${pick(NOUNS)}` })],
    ['staff: q, a SKU', () => ofStaff({ q: `b${String(below(size)).padStart(7, '0')}-s` })],
  ]);
};

/** Reads page after page, and begins again after the last. */
const walk = (read: (cursor: Query) => Promise<Page>): Read => {
  let cursor: Query = {};
  return async () => {
    const { next_cursor: next } = await read(cursor);
    cursor = next === undefined ? {} : { cursor: next };
  };
};

/** Reads all tables and indexes into the server's buffers, where a server that has run for a day has them. */
const warm = async (database: SqlDatabase): Promise<void> => {
  await database.query('create extension pg_prewarm');
  await database.query(
    `select pg_prewarm(oid) from pg_class where relnamespace = 'catalog'::regnamespace and relkind in ('r', 'i')`,
  );
};

const someVisible = async (database: SqlDatabase): Promise<readonly string[]> => {
  const rows = await database.query<{ product_id: string }>(
    `select product_id from catalog.products where stage = 'published' order by random() limit 10000`,
  );
  return rows.map(({ product_id }) => product_id);
};

const measureSize = async (size: number): Promise<ReadonlyMap<string, Measured>> => {
  const server = await startPrivatePostgres({ shared_buffers: BUFFERS });
  const database = openPg({
    url: server.url,
    poolSize: 2,
    statementTimeoutMs: 1_800_000, // for generating the products
    onError: console.error,
  });
  try {
    await migrate(database, 'catalog', catalog.migrations);
    const startedAt = performance.now();
    await generateProducts(database, size);
    await warm(database);
    console.log(`${size} products generated in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
    const served = await serveCatalog(database);
    const reads = readsOf(served, database, size, await someVisible(database));
    const measured = new Map<string, Measured>();
    for (const [name, read] of reads) {
      await measure({ workers: 1, seconds: WARM_UP_SECONDS }, read);
      measured.set(name, await measure({ workers: 1, seconds }, read));
    }
    await served.close();
    return measured;
  } finally {
    await database.close();
    await server.stop();
  }
};

const bySize: ReadonlyMap<string, Measured>[] = [];
for (const size of sizes) bySize.push(await measureSize(size));

const rows = [...(bySize[0]?.keys() ?? [])].map((name) => {
  const measured = bySize.flatMap((of) => of.get(name) ?? []);
  const ratio = (measured.at(-1)?.p95Ms ?? NaN) / (measured[0]?.p95Ms ?? NaN);
  return [
    name,
    ...measured.map(({ p50Ms, p95Ms, p99Ms }) =>
      [p50Ms, p95Ms, p99Ms].map((ms) => ms.toFixed(2)).join(' / '),
    ),
    ratio.toFixed(1),
  ];
});
const head = sizes.map((size) => `${size.toLocaleString('en')}: p50 / p95 / p99 ms`);
console.log(`\n${table(['READ', ...head, 'p95 ×'], rows)}`);
process.exit(0);
