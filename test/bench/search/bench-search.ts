/**
 * `npm run bench -- search [--products N,N] [--queries N] [--opensearch]`: how long searches of generated products take, at each of these
 * sizes, and how soon changes are seen: in the index in the process, and on the OpenSearch of OPENSEARCH_URL, or with
 * `--opensearch` on one of its own. CPU is that of this process, and the mean of the process that has the index.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { memoryOf } from '#adapters/process/identity.ts';
import { table } from '#scripts/lib/table.ts';
import { makeSearchProducts } from '#search/core/application/search-products.ts';
import { makeSuggest } from '#search/core/application/suggest.ts';
import { toIndexChange, type IndexChange } from '#search/core/domain/document.ts';
import { completionKey } from '#search/core/domain/popular-query.ts';
import type { Filters } from '#search/core/domain/filters.ts';
import type { Listing, Product } from '#search/core/domain/listing.ts';
import type { ListingQueries } from '#search/core/ports/listing-queries.ts';
import type { ProductIndex } from '#search/core/ports/product-index.ts';
import { makeSynonyms } from '#search/core/query/synonyms.ts';
import { cpuMsOf } from '../cpu.ts';
import { openEmbedded, openOpenSearch, startOpenSearch, type Open } from './indexes.ts';
import { measureLag } from './lag.ts';
import { products, randomFrom } from './products.ts';

/** Of the stream that fills an index. */
const BATCH = 100;

const { values, positionals } = parseArgs({
  options: {
    products: { type: 'string', default: '1000,100000' },
    queries: { type: 'string', default: '300' },
    opensearch: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const sizes = values.products.split(',').map(Number);
/** Of each kind. */
const queryCount = Number(values.queries);
if (positionals.join() !== 'search' || ![...sizes, queryCount].every((n) => Number.isInteger(n) && n > 0)) {
  console.error('usage: npm run bench -- search [--products N,N] [--queries N] [--opensearch]');
  process.exit(2);
}

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

/** Builds an index of `size` products and returns every so-many-th of them. */
const fill = async (index: ProductIndex, size: number): Promise<readonly Listing[]> => {
  const sample: Listing[] = [];
  const every = Math.max(1, Math.floor(size / queryCount));
  const batches = async function* (): AsyncGenerator<IndexChange[]> {
    let batch: IndexChange[] = [];
    let count = 0;
    for (const listing of products(size)) {
      if (count % every === 0) sample.push(listing);
      count += 1;
      batch.push(toIndexChange(listing));
      if (batch.length < BATCH && count < size) continue;
      yield batch;
      batch = [];
    }
  };
  await index.rebuild(batches());
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
  /** CPU of the process that has the index, per query; NaN if it is not known. */
  readonly mean: number;
}

const time = async (queries: readonly (() => Promise<unknown>)[], pid?: number): Promise<Times> => {
  for (const query of queries) await query(); // OpenSearch compiles what it runs often
  const cpuOfIndex = (): number => (pid === undefined ? NaN : cpuMsOf(pid));
  const before = cpuOfIndex();
  const [wall, cpu]: [number[], number[]] = [[], []];
  for (const query of queries) {
    const [startedAt, used] = [performance.now(), process.cpuUsage()];
    await query();
    const { user, system } = process.cpuUsage(used);
    wall.push(performance.now() - startedAt);
    cpu.push((user + system) / 1_000);
  }
  return {
    wall: wall.toSorted((a, b) => a - b),
    cpu: cpu.toSorted((a, b) => a - b),
    mean: (cpuOfIndex() - before) / queries.length,
  };
};

const rows: string[][] = [];
const three = (times: readonly number[]): string =>
  [0.5, 0.95, 0.99].map((share) => percentile(times, share).toFixed(1)).join(' / ');

const measure = async (name: string, open: Open, size: number): Promise<void> => {
  const { index, prepare, pid, close } = await open(size);
  try {
    const startedAt = performance.now();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const listings = await fill(index, size);
    delay.disable();
    const seconds = (performance.now() - startedAt) / 1_000;
    await prepare();
    const sample = listings.flatMap(({ product }) => product ?? []);
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
    const twoWords = searching((product) => words(product).slice(0, 2).join(' '));
    const kinds = {
      'two words': twoWords,
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
      const { wall, cpu, mean } = await time(queries, pid);
      rows.push([name, String(size), kind, three(wall), three(cpu), mean.toFixed(1)]);
    }
    const lags = (await measureLag(index, listings, twoWords)).toSorted((a, b) => a - b);
    console.log(
      `${name}: ${size} products in ${seconds.toFixed(1)} s, ${(size / seconds).toFixed(0)}/s; ` +
        `memory ${pid === undefined ? '?' : memoryOf({ pid })} MiB; p99 delay of the event loop ${(delay.percentile(99) / 1e6).toFixed(0)} ms; ` +
        `lag of ${lags.length} changes, p50 / p95 / p99 ms: ${three(lags)}`,
    );
  } finally {
    await close();
  }
};

const started = values.opensearch ? await startOpenSearch() : undefined;
const { OPENSEARCH_URL: url } = process.env;
try {
  for (const size of sizes) await measure('embedded', openEmbedded, size);
  const open = started?.open ?? (url === undefined ? undefined : openOpenSearch(url));
  if (open) for (const size of sizes) await measure('OpenSearch', open, size);
} finally {
  await started?.stop();
}
console.log(
  `\n${table(['INDEX', 'PRODUCTS', 'QUERY', 'p50 / p95 / p99 ms', 'CPU ms', 'OF THE INDEX'], rows)}`,
);
