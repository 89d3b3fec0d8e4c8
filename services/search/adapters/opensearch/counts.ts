import { z } from 'zod';
import { FIELDS } from '../../core/domain/document.ts';
import type { Frequencies } from '../../core/query/understand.ts';
import { LIVE, type Query } from './queries.ts';
import { Total, type SearchBody } from './search.ts';
import { mentioning } from './text-query.ts';

/** Counts the products that each query finds. */
export const toCountsBody = (queries: readonly Query[]): SearchBody => ({
  query: LIVE,
  aggs: { queries: { filters: { filters: queries } } },
  size: 0,
  track_total_hits: true,
});

const Counts = z.object({
  hits: Total,
  aggregations: z.object({ queries: z.object({ buckets: z.array(z.object({ doc_count: z.int() })) }) }),
});

export const toCounts = (body: unknown): number[] =>
  Counts.parse(body).aggregations.queries.buckets.map(({ doc_count }) => doc_count);

export const termQueries = (terms: readonly string[]): Query[] =>
  terms.map((term) => mentioning(term, FIELDS));

export const toFrequencies = (body: unknown, terms: readonly string[]): Frequencies => {
  const counts = toCounts(body);
  return {
    of: new Map(terms.map((term, index) => [term, counts[index] ?? 0])),
    documents: Counts.parse(body).hits.total.value,
  };
};
