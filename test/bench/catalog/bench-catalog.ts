/**
 * `npm run bench -- catalog [--products N,N] [--seconds S]`: how long the reads of the catalog take, one at a time, at each of
 * these numbers of products, in the service's adapters on a private PostgreSQL. Each read is measured for S seconds.
 */
import { parseArgs } from 'node:util';
import { migrate } from '#adapters/postgres/migrate.ts';
import { openPg } from '#adapters/postgres/pg-database.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import type { PageResult } from '#kernel/pages.ts';
import { table } from '#scripts/lib/table.ts';
import { measure, type Measured } from '#test/bench/load.ts';
import { randomFrom } from '#test/bench/search/products.ts';
import { startPrivatePostgres } from '#test/kit/private-postgres.ts';
import { productJson } from '#catalog/adapters/http/mapping.ts';
import { postgresProductQueries } from '#catalog/adapters/postgres/product-queries.postgres.ts';
import { postgresStaffQueries } from '#catalog/adapters/postgres/staff-queries.postgres.ts';
import type { ProductPageRequest, ProductQueries, Sort } from '#catalog/core/ports/product-queries.ts';
import type { StaffPageRequest, StaffQueries } from '#catalog/core/ports/staff-queries.ts';
import { catalog } from '#catalog/main/module.ts';
import { ADJECTIVES, COMMON, generateProducts, idOf, NOUNS, RARE, ROOTS, SUBCATEGORIES } from './products.ts';

const LIMIT = 24;
const OFFERS = 20;
/** What finding the rows of one page costs by itself, with nothing to filter or sort. */
const FLOOR = `floor: ${LIMIT} products by their IDs`;
const WARM_UP_SECONDS = 0.5;
/** Holds all products of the largest size, as a server that is chosen for a shop does. */
const BUFFERS = '6GB';
const SORTS: readonly Sort[] = ['newest', 'name', 'price_asc', 'price_desc'];

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

type Read = () => Promise<unknown>;

/** Reads page after page, and begins again after the last. */
const walk = <Item>(read: (cursor: string | undefined) => Promise<PageResult<Item>>): Read => {
  let cursor: string | undefined;
  return async () => {
    const page = await read(cursor);
    if (!page.ok) throw new Error(page.error.detail);
    cursor = page.value.next;
  };
};

const readsOf = (queries: ProductQueries, staff: StaffQueries, size: number): ReadonlyMap<string, Read> => {
  const random = randomFrom(7);
  const below = (count: number): number => Math.floor(random() * count);
  const pick = (words: readonly string[]): string => words[below(words.length)] ?? '';
  const list = (request: () => Partial<ProductPageRequest>) => () =>
    queries.page({ sort: 'newest', limit: LIMIT, ...request() });
  const ofStaff = (request: () => Partial<StaffPageRequest>) => () =>
    staff.page({ sort: 'updated', limit: LIMIT, ...request() });
  const inCategory = (): string => idOf('subcategory', below(ROOTS * SUBCATEGORIES));
  return new Map<string, Read>([
    [FLOOR, () => queries.summaries(Array.from({ length: LIMIT }, () => idOf('product', below(size))))],
    ...SORTS.map(
      (sort) => [`list: ${sort}`, walk((cursor) => queries.page({ sort, limit: LIMIT, cursor }))] as const,
    ),
    ...SORTS.map(
      (sort) => [`category_id: ${sort}`, list(() => ({ sort, categoryId: inCategory() }))] as const,
    ),
    ['root category_id: newest', list(() => ({ categoryId: idOf('root', below(ROOTS)) }))],
    [
      'category, subcategory',
      list(() => ({ category: `Root ${below(ROOTS)}`, subcategory: `Row ${below(SUBCATEGORIES)}` })),
    ],
    ['brand, of 5 %', list(() => ({ brand: `Maker ${below(COMMON)}` }))],
    ['brand, of 0.2 %', list(() => ({ brand: `Rare Maker ${below(RARE)}` }))],
    ['tag, of 5 %', list(() => ({ tag: `Tag ${below(COMMON)}` }))],
    ['tag, of 0.2 %', list(() => ({ tag: `Rare Tag ${below(RARE)}` }))],
    ['detail', () => queries.find(idOf('product', below(size)))],
    [
      `offers of ${OFFERS} variants`,
      () =>
        queries.offers(
          Array.from({ length: OFFERS }, () => idOf('small', below(size))),
          new Date(),
        ),
    ],
    ['staff: updated', walk((cursor) => staff.page({ sort: 'updated', limit: LIMIT, cursor }))],
    ['staff: status draft', ofStaff(() => ({ stages: ['draft'] }))],
    ['staff: status draft, published', ofStaff(() => ({ stages: ['draft', 'published'] }))],
    ['staff: q, one word', ofStaff(() => ({ q: pick(NOUNS) }))],
    ['staff: q, two words', ofStaff(() => ({ q: `${pick(ADJECTIVES)} ${pick(NOUNS)}` }))],
    ['staff: q, a SKU', ofStaff(() => ({ q: `b${String(below(size)).padStart(7, '0')}-s` }))],
  ]);
};

/** Reads all tables and indexes into the server's buffers, where a server that has run for a day has them. */
const warm = async (database: SqlDatabase): Promise<void> => {
  await database.query('create extension pg_prewarm');
  await database.query(
    `select pg_prewarm(oid) from pg_class where relnamespace = 'catalog'::regnamespace and relkind in ('r', 'i')`,
  );
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
    const queries = postgresProductQueries(database, productJson);
    const reads = readsOf(queries, postgresStaffQueries(database), size);
    const measured = new Map<string, Measured>();
    for (const [name, read] of reads) {
      await measure({ workers: 1, seconds: WARM_UP_SECONDS }, read);
      measured.set(name, await measure({ workers: 1, seconds }, read));
    }
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
