import { z } from 'zod';
import type { Sieve } from './filter-query.ts';
import type { Aggregation, Query } from './queries.ts';

/** An aggregation of the products that a query matches. */
export const among = (filter: Query, aggs: Record<string, Aggregation>): Aggregation => ({ filter, aggs });

/** One of the variants that pass the filters, in products that do. */
export const amongVariants = (
  sieve: Sieve,
  without: string | undefined,
  aggs: Record<string, Aggregation>,
): Aggregation =>
  among(sieve.ofProducts(without), {
    variants: { nested: { path: 'variants' }, aggs: { passing: among(sieve.ofVariants(without), aggs) } },
  });

/** A regular expression of Lucene that matches texts that begin with this one. */
export const beginningWith = (text: string): string =>
  `${text.replace(/[^\p{L}\p{N}]/gu, String.raw`\$&`)}.*`;

/** The result of `amongVariants`. */
export const ofVariants = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ variants: z.object({ passing: z.object(shape) }) });
