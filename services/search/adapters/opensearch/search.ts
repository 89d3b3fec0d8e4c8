import type { Types } from '@opensearch-project/opensearch';
import { z } from 'zod';
import type { Sort } from '../../core/domain/filters.ts';
import type { IndexPage, IndexRequest } from '../../core/ports/product-index.ts';
import { facetAggregations, readFacets } from './facets.ts';
import { Sieve } from './filter-query.ts';
import { allOf, type Query } from './queries.ts';
import { textQuery } from './text-query.ts';

export type SearchBody = Readonly<Record<string, unknown>>;

/** Rounded as in the embedded index: equal scores must be equal numbers, or a cursor would skip their products. */
const ROUNDED = "Math.round((1 + _score) * doc['boost'].value * 10000) / 10000.0";

/** By the lowest or highest price of the variants that pass the filters. */
const byPrice = (order: 'asc' | 'desc', sieve: Sieve): Types.Common.Sort => {
  const mode = order === 'asc' ? 'min' : 'max';
  return sieve.filtersVariants()
    ? { 'variants.price': { order, mode, nested: { path: 'variants', filter: allOf(sieve.ofVariants()) } } }
    : { prices: { order, mode } };
};

const ORDERS: Readonly<Record<Sort, (sieve: Sieve) => Types.Common.Sort>> = {
  relevance: () => ({ _score: { order: 'desc' } }),
  price_asc: (sieve) => byPrice('asc', sieve),
  price_desc: (sieve) => byPrice('desc', sieve),
  newest: () => ({ created_at: { order: 'desc' } }),
  rating: () => ({ rating: { order: 'desc' } }),
  best_selling: () => ({ sold: { order: 'desc' } }),
};

export const toSearchBody = ({ plan, filters, sort, limit, after, facets }: IndexRequest): SearchBody => {
  const sieve = new Sieve(filters);
  const filtering = sieve.all();
  const text = textQuery(plan);
  const query: Query =
    sort === 'relevance' ? { script_score: { query: text, script: { source: ROUNDED } } } : text;
  return {
    query,
    ...(filtering.length === 0 ? {} : { post_filter: allOf(filtering) }),
    aggs: {
      ...(filtering.length === 0 ? {} : { matches: { filter: { match_all: {} } } }),
      ...(facets ? facetAggregations(sieve, facets) : {}),
    },
    sort: [ORDERS[sort](sieve), { id: { order: 'asc' } }],
    ...(after ? { search_after: [after.value, after.productId] } : {}),
    size: limit + 1,
    track_total_hits: true,
    _source: false,
  };
};

/** The part of a response that has the number of hits. */
export const Total = z.object({ total: z.object({ value: z.int() }) });
const Found = z.object({
  hits: Total.extend({ hits: z.array(z.object({ sort: z.tuple([z.number(), z.string()]) })) }),
  aggregations: z.looseObject({ matches: z.object({ doc_count: z.int() }).optional() }).default({}),
});

export const toPage = (body: unknown, { filters, limit, facets }: IndexRequest): IndexPage => {
  const { hits, aggregations } = Found.parse(body);
  const positions = hits.hits.map(({ sort: [value, productId] }) => ({ value, productId }));
  return {
    hits: positions.slice(0, limit),
    hasMore: positions.length > limit,
    total: hits.total.value,
    matches: aggregations.matches?.doc_count ?? hits.total.value,
    facets: facets ? readFacets(aggregations, new Sieve(filters), facets) : undefined,
  };
};
