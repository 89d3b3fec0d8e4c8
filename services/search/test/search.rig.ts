import { embeddedIndex } from '../adapters/embedded/embedded-index.ts';
import type { Rules } from '../core/application/rules.ts';
import {
  makeSearchProducts,
  type SearchRequest,
  type SearchResult,
} from '../core/application/search-products.ts';
import { makeSuggest, type Suggestions } from '../core/application/suggest.ts';
import { toIndexChange } from '../core/domain/document.ts';
import type { Listing } from '../core/domain/listing.ts';
import { completionKey } from '../core/domain/popular-query.ts';
import type { ListingQueries } from '../core/ports/listing-queries.ts';
import type { ProductIndex } from '../core/ports/product-index.ts';
import { makeSynonyms } from '../core/query/synonyms.ts';

export type IndexName = 'embedded' | 'thread' | 'opensearch';

/** The indexes that contract suites run on: with SHOP_TEST=engines OpenSearch, otherwise that in the process, in either thread. */
export const INDEXES: readonly IndexName[] =
  process.env['SHOP_TEST'] === 'engines' ? ['opensearch'] : ['embedded', 'thread'];

/** Searches over an index, without a service around it. */
export interface SearchRig {
  readonly index: ProductIndex;
  /** Changes listings, and waits until searches see it. */
  readonly put: (...listings: readonly Listing[]) => Promise<void>;
  /** Removes a stored listing, of which the index is not told. */
  readonly forget: (productId: string) => void;
  readonly listings: ReadonlyMap<string, Listing>;
  readonly search: (query: string | undefined, request?: Partial<SearchRequest>) => Promise<SearchResult>;
  /** The names of the products found, best first. */
  readonly namesFor: (query: string | undefined, request?: Partial<SearchRequest>) => Promise<string[]>;
  /** Searches that were counted, in order. */
  readonly counted: readonly string[];
  /** Popular queries, as suggestions take them. */
  readonly popular: string[];
  readonly suggest: (text: string) => Promise<Suggestions>;
}

export interface RigOptions {
  readonly synonyms?: readonly (readonly string[])[];
  readonly pins?: Readonly<Record<string, readonly string[]>>;
}

const rulesOf = ({ synonyms = [], pins = {} }: RigOptions): Rules => {
  const book = {
    synonyms: makeSynonyms(synonyms),
    redirectOf: () => undefined,
    pinsOf: (key: string) => pins[key] ?? [],
  };
  return { current: () => Promise.resolve(book), forget: () => undefined };
};

const queriesOf = (stored: ReadonlyMap<string, Listing>): ListingQueries => {
  const sorted = (): Listing[] =>
    [...stored.values()].toSorted((a, b) => (a.productId < b.productId ? -1 : 1));
  return {
    find: (productIds) => Promise.resolve(productIds.flatMap((productId) => stored.get(productId) ?? [])),
    pending: () => Promise.resolve([]),
    count: () => Promise.resolve(stored.size),
    countPending: () => Promise.resolve(0),
    markIndexed: () => Promise.resolve([]),
    all: (limit, after = '') =>
      Promise.resolve(
        sorted()
          .filter(({ productId }) => productId > after)
          .slice(0, limit),
      ),
  };
};

interface OpenedIndex {
  readonly index: ProductIndex;
  /** Makes changes visible to searches. */
  readonly refresh: () => Promise<unknown>;
}

const openEmbedded = async (threadFrom?: number): Promise<OpenedIndex> => {
  const index = embeddedIndex(undefined, { threadFrom });
  await index.rebuild(noListings());
  return { index, refresh: () => Promise.resolve() };
};

const noListings = async function* (): AsyncGenerator<never> {};

const openIndex = async (name: IndexName): Promise<OpenedIndex> => {
  if (name !== 'opensearch') return openEmbedded(name === 'thread' ? 0 : undefined);
  const { openOpenSearch } = await import('./opensearch.rig.ts');
  return openOpenSearch();
};

export const openSearch = async (name: IndexName, options: RigOptions = {}): Promise<SearchRig> => {
  const { index, refresh } = await openIndex(name);
  const stored = new Map<string, Listing>();
  const queries = queriesOf(stored);
  const rules = rulesOf(options);
  const counted: string[] = [];
  const popular: string[] = [];
  const searchProducts = makeSearchProducts(index, queries, rules, (query) => counted.push(query));
  const search: SearchRig['search'] = (query, request = {}) =>
    searchProducts({ query, filters: {}, sort: 'relevance', limit: 24, withFacets: true, ...request });
  return {
    index,
    forget: (productId) => {
      stored.delete(productId);
    },
    listings: stored,
    put: async (...listings) => {
      for (const listing of listings) stored.set(listing.productId, listing);
      await index.apply(listings.map(toIndexChange));
      await refresh();
    },
    search,
    counted,
    popular,
    namesFor: async (query, request) =>
      (await search(query, request)).hits.map(({ product }) => product.name),
    suggest: makeSuggest(index, queries, rules, {
      current: () => Promise.resolve(popular.map((query) => ({ query, key: completionKey(query) }))),
    }),
  };
};
