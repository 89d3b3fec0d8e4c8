/**
 * `npm run bench -- search [--products N,N]`: how long searches of generated products take, at each of these sizes, in
 * the index in the process, and on OpenSearch if OPENSEARCH_URL is set. CPU is that of this process.
 */
import { parseArgs } from 'node:util';
import { makeLogger } from '#adapters/observability/logger.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { table } from '#scripts/lib/table.ts';
import { embeddedIndex } from '#search/adapters/embedded/embedded-index.ts';
import { makeSearchProducts } from '#search/core/application/search-products.ts';
import { makeSuggest } from '#search/core/application/suggest.ts';
import { toIndexChange } from '#search/core/domain/document.ts';
import { completionKey } from '#search/core/domain/popular-query.ts';
import type { Filters } from '#search/core/domain/filters.ts';
import type { Product } from '#search/core/domain/listing.ts';
import type { ListingQueries } from '#search/core/ports/listing-queries.ts';
import type { ProductIndex } from '#search/core/ports/product-index.ts';
import { makeSynonyms } from '#search/core/query/synonyms.ts';
import { watchTurns } from '#test/kit/event-loop.ts';
import { products, randomFrom } from './products.ts';

const QUERIES = 300;
const WARM_UP = 50;
/** Of the stream that fills an index. */
const BATCH = 100;
const MIB = 2 ** 20;

const { values, positionals } = parseArgs({
  options: { products: { type: 'string', default: '1000,100000' } },
  allowPositionals: true,
});
const sizes = values.products.split(',').map(Number);
if (positionals.join() !== 'search' || !sizes.every((size) => Number.isInteger(size) && size > 0)) {
  console.error('usage: npm run bench -- search [--products N,N]');
  process.exit(2);
}

interface Opened {
  readonly name: string;
  readonly index: ProductIndex;
  readonly close: () => Promise<void>;
}

const OPEN: readonly (() => Promise<Opened>)[] = [
  () => Promise.resolve({ name: 'embedded', index: embeddedIndex(), close: () => Promise.resolve() }),
  ...(process.env['OPENSEARCH_URL'] === undefined
    ? []
    : [
        async (): Promise<Opened> => {
          const { openProductIndex } = await import('#search/adapters/opensearch/open.ts');
          const env = { ...process.env, SEARCH_INDEX: `bench-${systemIds.next()}` };
          const logger = makeLogger({ service: 'bench', level: 'error' });
          return { name: 'OpenSearch', ...openProductIndex(env, systemIds, logger) };
        },
      ]),
];

/** The index is measured, not the store that shows its hits. */
const noListings: ListingQueries = {
  find: () => Promise.resolve([]),
  pending: () => Promise.resolve([]),
  count: () => Promise.resolve(0),
  countPending: () => Promise.resolve(0),
  markIndexed: () => Promise.resolve([]),
  all: () => Promise.resolve([]),
};
const noRules = {
  current: () =>
    Promise.resolve({
      synonyms: makeSynonyms([]),
      redirectOf: () => undefined,
      pinsOf: (): readonly string[] => [],
    }),
  forget: () => undefined,
};

/** Indexes `size` products and returns every so-many-th of them. */
const fill = async (index: ProductIndex, size: number): Promise<readonly Product[]> => {
  const sample: Product[] = [];
  const every = Math.max(1, Math.floor(size / QUERIES));
  let batch = [];
  let count = 0;
  for (const listing of products(size)) {
    if (count % every === 0 && listing.product) sample.push(listing.product);
    count += 1;
    batch.push(toIndexChange(listing));
    if (batch.length < BATCH && count < size) continue;
    await index.apply(batch);
    batch = [];
  }
  return sample;
};

const random = randomFrom(7);

/** Leaves out a letter after the first. */
const mistyped = (word: string): string => {
  const at = 1 + Math.floor(random() * Math.max(1, word.length - 1));
  return word.slice(0, at) + word.slice(at + 1);
};

const FILTERS: readonly Filters[] = [
  {},
  { attributes: new Map([['colour', ['Red', 'Blue']]]) },
  { price: { max: 100 }, inStock: true },
  { attributes: new Map([['size', ['M']]]), inStock: true },
];

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

interface Times {
  readonly wall: readonly number[];
  readonly cpu: readonly number[];
}

const time = async (queries: readonly (() => Promise<unknown>)[]): Promise<Times> => {
  for (const query of queries.slice(0, WARM_UP)) await query();
  const [wall, cpu]: [number[], number[]] = [[], []];
  for (const query of queries) {
    const [startedAt, used] = [performance.now(), process.cpuUsage()];
    await query();
    const { user, system } = process.cpuUsage(used);
    wall.push(performance.now() - startedAt);
    cpu.push((user + system) / 1_000);
  }
  return { wall: wall.toSorted((a, b) => a - b), cpu: cpu.toSorted((a, b) => a - b) };
};

const rows: string[][] = [];
const three = (times: readonly number[]): string =>
  [0.5, 0.95, 0.99].map((share) => percentile(times, share).toFixed(1)).join(' / ');

for (const open of OPEN)
  for (const size of sizes) {
    const { name, index, close } = await open();
    const [startedAt, memory] = [performance.now(), process.memoryUsage.rss()];
    const { result: sample, p99Ms } = await watchTurns(() => fill(index, size));
    const seconds = (performance.now() - startedAt) / 1_000;
    console.log(
      `${name}: ${size} products in ${seconds.toFixed(1)} s, ${(size / seconds).toFixed(0)}/s; ` +
        `memory of this process + ${((process.memoryUsage.rss() - memory) / MIB).toFixed(0)} MiB; ` +
        `p99 of its turns ${p99Ms.toFixed(0)} ms`,
    );
    const words = ({ name: text }: Product): readonly string[] => text.split(' ');
    const popular = sample.map((product) => {
      const query = words(product).slice(0, 2).join(' ').toLowerCase();
      return { query, key: completionKey(query) };
    });
    const search = makeSearchProducts(index, noListings, noRules);
    const suggest = makeSuggest(index, noListings, noRules, { current: () => Promise.resolve(popular) });
    const searching = (
      queryOf: (product: Product) => string,
      more: (product: Product) => Filters = () => ({}),
    ) =>
      sample.map((product, at) => () => {
        const filters = { ...FILTERS[at % FILTERS.length], ...more(product) };
        return search({ query: queryOf(product), filters, sort: 'relevance', limit: 24, withFacets: true });
      });
    const kinds = {
      'two words': searching((product) => words(product).slice(0, 2).join(' ')),
      'two words, one mistyped': searching(
        (product) => `${words(product)[0]} ${mistyped(words(product)[1] ?? '')}`,
      ),
      'one word': searching((product) => words(product)[0] ?? ''),
      'a category': searching(
        () => '',
        ({ category }) => ({ category: [category] }),
      ),
      'a suggestion': sample.map((product) => () => suggest(product.name.slice(0, 6))),
    };
    for (const [kind, queries] of Object.entries(kinds)) {
      const { wall, cpu } = await time(queries);
      rows.push([name, String(size), kind, three(wall), three(cpu)]);
    }
    await close();
  }
console.log(`\n${table(['INDEX', 'PRODUCTS', 'QUERY', 'p50 / p95 / p99 ms', 'CPU ms'], rows)}`);
