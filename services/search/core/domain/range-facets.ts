import type { Facet, RangeFacet } from './filters.ts';
import { readMeasure } from './measure.ts';

/** Ranges that are returned. */
export const MOST_RANGES = 40;

/**
 * The ranges to show: those of attributes of which one is chosen, then those of attributes whose values are numbers for at
 * least half of the products.
 */
export const usefulRanges = (
  attributes: readonly Facet[],
  ranges: readonly RangeFacet[],
  chosen: readonly string[],
): RangeFacet[] => {
  const numeric = attributes.filter(isNumeric).map(({ name }) => name);
  return [...new Set([...chosen, ...numeric])]
    .flatMap((name) => ranges.filter((range) => range.name === name))
    .slice(0, MOST_RANGES);
};

const isNumeric = ({ values }: Facet): boolean => {
  const of = (some: Facet['values']): number => some.reduce((sum, { products }) => sum + products, 0);
  return 2 * of(values.filter(({ value }) => readMeasure(value) !== undefined)) >= of(values);
};
