import type { Types } from '@opensearch-project/opensearch';
import { z } from 'zod';
import type { Sort } from '../../core/domain/filters.ts';
import type { IndexPage, IndexRequest } from '../../core/ports/product-index.ts';
import { facetAggregations, readFacets } from './facets.ts';
import { Total } from './counts.ts';
import { Sieve } from './filter-query.ts';
import { allOf, LIVE, type Query } from './queries.ts';
import type { SearchBody } from './searches.ts';
import { textQuery } from './text-query.ts';

/** Rounded as in the embedded index: equal scores must be equal numbers, or a cursor would skip their products. */
const ROUNDED = "Math.round((1 + _score) * doc['boost'].value * 10000) / 10000.0";

/** By the lowest or highest price of the variants that pass the filters. */
const byPrice = (order: 'asc' | 'desc', sieve: Sieve): Types.Common.Sort => {
  const mode = order === 'asc' ? 'min' : 'max';
  const summary = sieve.summary();
  return summary === undefined
    ? { 'variants.price': { order, mode, nested: { path: 'variants', filter: allOf(sieve.ofVariants()) } } }
    : { [`${summary}.prices`]: { order, mode } };
};

const ORDERS: Readonly<Record<Sort, (sieve: Sieve) => Types.Common.Sort>> = {
  relevance: () => ({ _score: { order: 'desc' } }),
  price_asc: (sieve) => byPrice('asc', sieve),
  price_desc: (sieve) => byPrice('desc', sieve),
  newest: () => ({ created_at: { order: 'desc' } }),
  rating: () => ({ rating: { order: 'desc' } }),
  best_selling: () => ({ sold: { order: 'desc' } }),
};

/** Products that match the text: what facets are counted among. */
const textOf = ({ plan }: IndexRequest): Query => (plan ? textQuery(plan) : LIVE);

/** The page of hits, and their number. */
const toHitsBody = (request: IndexRequest): SearchBody => {
  const { filters, sort, limit, after } = request;
  const sieve = new Sieve(filters);
  const query: Query = { bool: { must: [textOf(request)], filter: sieve.all() } };
  return {
    query: sort === 'relevance' ? { script_score: { query, script: { source: ROUNDED } } } : query,
    sort: [ORDERS[sort](sieve), { id: { order: 'asc' } }],
    ...(after ? { search_after: [after.value, after.productId] } : {}),
    size: limit + 1,
    track_total_hits: true,
    _source: false,
  };
};

/**
 * What matches the text, whatever the filters: the number of products, and facets. It is a request of its own, beside that for
 * the hits, because it needs no scores and OpenSearch caches what has no hits; undefined if the hits say it all.
 */
const toMatchesBody = (request: IndexRequest): SearchBody | undefined => {
  const { filters, facets } = request;
  const sieve = new Sieve(filters);
  if (!facets && sieve.all().length === 0) return undefined;
  return {
    query: textOf(request),
    aggs: facets ? facetAggregations(sieve, facets) : {},
    size: 0,
    track_total_hits: true,
  };
};

/** Asks for the page and, if that does not say it all, for what matches the text. */
export const toSearchBodies = (request: IndexRequest): SearchBody[] => {
  const matches = toMatchesBody(request);
  return [toHitsBody(request), ...(matches ? [matches] : [])];
};

const Hits = z.object({
  hits: Total.extend({ hits: z.array(z.object({ sort: z.tuple([z.number(), z.string()]) })) }),
});
const Matches = z.object({ hits: Total, aggregations: z.looseObject({}).default({}) });

/** The page from the responses to `toSearchBodies`. */
export const toPage = (
  { filters, limit, facets }: IndexRequest,
  [found, matching]: readonly unknown[],
): IndexPage => {
  const { hits } = Hits.parse(found);
  const matches = matching === undefined ? undefined : Matches.parse(matching);
  const positions = hits.hits.map(({ sort: [value, productId] }) => ({ value, productId }));
  return {
    hits: positions.slice(0, limit),
    hasMore: positions.length > limit,
    total: hits.total.value,
    matches: (matches?.hits ?? hits).total.value,
    facets: facets && matches && readFacets(matches.aggregations, new Sieve(filters), facets),
  };
};
