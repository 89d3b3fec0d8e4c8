import { isUnfiltered, type Facets, type Filters, type Sort } from '../domain/filters.ts';
import type { Listing, Product, Variant } from '../domain/listing.ts';
import { matchVariant } from '../domain/match-variant.ts';
import { usefulRanges } from '../domain/range-facets.ts';
import type { ListingQueries } from '../ports/listing-queries.ts';
import type { IndexPage, IndexPosition, ProductIndex } from '../ports/product-index.ts';
import type { Plan } from '../query/plan.ts';
import {
  levelsOf,
  occursAsTyped,
  planOf,
  readWith,
  termsIn,
  understand,
  type Level,
  type Reading,
} from '../query/understand.ts';
import type { Rules } from './rules.ts';

export interface SearchRequest {
  readonly query?: string | undefined;
  readonly filters: Filters;
  readonly sort: Sort;
  readonly limit: number;
  readonly after?: SearchPosition | undefined;
  readonly withFacets: boolean;
}

/** Where a page ended, and how the query was taken: the next page takes it in the same way. */
export interface SearchPosition extends IndexPosition, Reading {
  readonly sort: Sort;
  readonly level: Level;
}

export interface SearchResult {
  /** A page of the shop that staff chose for this query. */
  readonly redirect?: string | undefined;
  readonly hits: readonly Hit[];
  readonly next?: SearchPosition | undefined;
  readonly total: number;
  readonly facets?: Facets | undefined;
  /** `corrected` if typing errors were allowed, `partial` if not all words were found together. */
  readonly match: 'exact' | 'corrected' | 'partial';
}

export interface Hit extends Pick<Listing, 'productId' | 'rating' | 'available'> {
  readonly product: Product;
  readonly matched: Variant;
}

const MATCHES: Readonly<Record<Level, SearchResult['match']>> = {
  sku: 'exact',
  strong: 'exact',
  all: 'exact',
  typos: 'corrected',
  any: 'partial',
};

interface Found {
  readonly page: IndexPage;
  readonly level: Level;
  readonly reading: Reading;
  readonly isAsTyped: boolean;
}

const NO_READING: Reading = { weights: [], unknown: [] };

export const makeSearchProducts = (
  index: ProductIndex,
  listings: Pick<ListingQueries, 'find'>,
  rules: Pick<Rules, 'current'>,
  /** Called with queries that others may ask as well. */
  count: (query: string) => void = () => undefined,
) => {
  const pageOf = (
    { filters, sort, limit, after, withFacets }: SearchRequest,
    plan?: Plan,
  ): Promise<IndexPage> =>
    index.search({ plan, filters, sort, limit, after, facets: withFacets ? 'all' : undefined });

  /** A query without words finds all products. */
  const browse = async (request: SearchRequest): Promise<Found> => ({
    page: await pageOf(request),
    level: 'all',
    reading: NO_READING,
    isAsTyped: false,
  });

  return async (request: SearchRequest): Promise<SearchResult> => {
    const { query = '', filters, sort, after } = request;
    const { synonyms, redirectOf, pinsOf } = await rules.current();
    const understood = understand(query, synonyms);
    const hasWords = understood.ideas.length > 0;
    const redirect = hasWords ? redirectOf(understood.nameKey) : undefined;

    /** Asks as strictly as anything is found; a further page as its first one was. */
    const ask = async (): Promise<Found> => {
      const frequencies = after ? undefined : await index.frequencies(termsIn(understood));
      const reading = frequencies ? readWith(understood, frequencies) : (after ?? NO_READING);
      const isAsTyped = frequencies !== undefined && occursAsTyped(understood, frequencies);
      const pinned = sort === 'relevance' ? pinsOf(understood.nameKey) : [];
      const levels = after ? [after.level] : levelsOf(understood, sort);
      for (const [tried, level] of levels.entries()) {
        const plan = planOf(understood, reading, level, pinned);
        const page = await pageOf(request, plan);
        if (page.matches > plan.pinned.length || tried === levels.length - 1)
          return { page, level, reading, isAsTyped };
      }
      return browse(request);
    };

    const { page, level, reading, isAsTyped } = hasWords ? await ask() : await browse(request);
    const last = page.hits.at(-1);
    const isCorrected = hasWords && reading.unknown.includes(true) && level !== 'any' && level !== 'sku';
    const match = isCorrected ? 'corrected' : MATCHES[level];
    if (isAsTyped && match === 'exact' && level !== 'sku' && page.total > 0 && isUnfiltered(filters))
      count(query);
    return {
      redirect,
      hits: await show(page, filters, understood.skuKey),
      next:
        page.hasMore && last
          ? { ...last, sort, level, weights: reading.weights, unknown: reading.unknown }
          : undefined,
      total: page.total,
      facets: page.facets && {
        ...page.facets,
        ranges: usefulRanges(page.facets.attributes, page.facets.ranges, [...(filters.ranges?.keys() ?? [])]),
      },
      match,
    };
  };

  /** Shows what the listings say now; a product that was just deleted is left out. */
  async function show({ hits }: IndexPage, filters: Filters, askedSku?: string): Promise<Hit[]> {
    const found = await listings.find(hits.map(({ productId }) => productId));
    const byId = new Map(found.map((listing) => [listing.productId, listing]));
    return hits.flatMap(({ productId }) => {
      const listing = byId.get(productId);
      const matched = listing?.product && matchVariant(listing.product, listing, filters, askedSku);
      if (!listing?.product || !matched) return [];
      const { product, rating, available } = listing;
      return [{ productId, product, rating, available, matched }];
    });
  }
};

export type SearchProducts = ReturnType<typeof makeSearchProducts>;
