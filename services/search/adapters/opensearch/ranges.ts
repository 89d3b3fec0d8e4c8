import { z } from 'zod';
import { attributeKey, splitAttributeKey, type RangeFacet } from '../../core/domain/filters.ts';
import { amongVariants, beginningWith, ofVariants } from './facet-parts.ts';
import { rangeFacet, type Sieve } from './filter-query.ts';
import type { Aggregation } from './queries.ts';

/** Pairs of attribute and unit that are read, the most frequent first. */
const MOST_KEYS = 200;

/** The lowest and the highest number per attribute and unit; only those of `name` if it is present, without its own filter. */
const extremes = (sieve: Sieve, name?: string): Aggregation =>
  amongVariants(sieve, name === undefined ? undefined : rangeFacet(name), {
    numbers: {
      nested: { path: 'variants.numbers' },
      aggs: {
        keys: {
          terms: {
            field: 'variants.numbers.key',
            size: MOST_KEYS,
            ...(name === undefined ? {} : { include: beginningWith(attributeKey(name, '')) }),
          },
          aggs: {
            min: { min: { field: 'variants.numbers.number' } },
            max: { max: { field: 'variants.numbers.number' } },
          },
        },
      },
    },
  });

export const rangeAggregations = (sieve: Sieve): Record<string, Aggregation> => ({
  ranges: extremes(sieve),
  ...Object.fromEntries(sieve.ranges.map((name, index) => [`range_${index}`, extremes(sieve, name)])),
});

const Extreme = z.object({ value: z.number() });
const Extremes = ofVariants({
  numbers: z.object({
    keys: z.object({ buckets: z.array(z.object({ key: z.string(), min: Extreme, max: Extreme })) }),
  }),
});

/** Ranges from the results of `rangeAggregations`, by attribute and unit. */
export const readRanges = (results: Readonly<Record<string, unknown>>, sieve: Sieve): RangeFacet[] => {
  const found = new Map<string, RangeFacet>();
  // A chosen one replaces that with its own filter.
  for (const aggregation of ['ranges', ...sieve.ranges.map((_, index) => `range_${index}`)])
    for (const { key, min, max } of Extremes.parse(results[aggregation]).variants.passing.numbers.keys
      .buckets) {
      const [name, unit] = splitAttributeKey(key);
      found.set(key, { name, unit, min: min.value, max: max.value });
    }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, range]) => range);
};
