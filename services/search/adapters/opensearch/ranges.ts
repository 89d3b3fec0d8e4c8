import { z } from 'zod';
import { attributeKey, splitAttributeKey, type RangeFacet } from '../../core/domain/filters.ts';
import { beginningWith, countOfVariants, type Count } from './facet-parts.ts';
import { rangeFacet, type Sieve } from './filter-query.ts';
import type { Aggregation } from './queries.ts';

/** Pairs of attribute and unit that are read, the most frequent first. */
const MOST_KEYS = 200;

/** The lowest and the highest number per attribute and unit; only those of `name` if it is present, without its own filter. */
const extremes = (sieve: Sieve, count: string, name?: string): Count => {
  const which = name === undefined ? {} : { include: beginningWith(attributeKey(name, '')) };
  const aggregation = (path: string, min: string, max: string): Aggregation => ({
    nested: { path },
    aggs: {
      keys: {
        terms: { field: `${path}.key`, size: MOST_KEYS, ...which },
        aggs: { min: { min: { field: `${path}.${min}` } }, max: { max: { field: `${path}.${max}` } } },
      },
    },
  });
  return countOfVariants(
    count,
    sieve,
    name === undefined ? undefined : rangeFacet(name),
    (summary) => aggregation(`${summary}.numbers`, 'min', 'max'),
    aggregation('variants.numbers', 'number', 'number'),
  );
};

export const rangeCounts = (sieve: Sieve): Count[] => [
  extremes(sieve, 'ranges'),
  ...sieve.ranges.map((name, index) => extremes(sieve, `range_${index}`, name)),
];

const Extreme = z.object({ value: z.number() });
const Extremes = z.object({
  keys: z.object({ buckets: z.array(z.object({ key: z.string(), min: Extreme, max: Extreme })) }),
});

/** Ranges from the results of `rangeCounts`, by attribute and unit. */
export const readRanges = (results: Readonly<Record<string, unknown>>, sieve: Sieve): RangeFacet[] => {
  const found = new Map<string, RangeFacet>();
  // A chosen one replaces that with its own filter.
  for (const aggregation of ['ranges', ...sieve.ranges.map((_, index) => `range_${index}`)])
    for (const { key, min, max } of Extremes.parse(results[aggregation]).keys.buckets) {
      const [name, unit] = splitAttributeKey(key);
      found.set(key, { name, unit, min: min.value, max: max.value });
    }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, range]) => range);
};
