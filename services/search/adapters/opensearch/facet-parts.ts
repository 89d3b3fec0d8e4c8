import type { Sieve } from './filter-query.ts';
import { allOf, type Aggregation, type Query } from './queries.ts';

type Aggregations = Readonly<Record<string, Aggregation>>;

/** What is counted among the products that pass these filters, or among their variants that pass others. */
export interface Count {
  readonly name: string;
  readonly products: readonly Query[];
  /** Absent: the products themselves are counted. */
  readonly variants?: readonly Query[] | undefined;
  readonly aggregation: Aggregation;
}

/** Counts what variants have: as their products sum it up, or separately where filters need that. */
export const countOfVariants = (
  name: string,
  sieve: Sieve,
  without: string | undefined,
  inSummary: (path: string) => Aggregation,
  inVariants: Aggregation,
): Count => {
  const summary = sieve.summary(without);
  const products = sieve.ofProducts();
  return summary === undefined
    ? { name, products, variants: sieve.ofVariants(without), aggregation: inVariants }
    : { name, products, aggregation: inSummary(summary) };
};

/** Begins the names of aggregations that only hold others. */
const GROUP = 'group_';

/** The aggregations of counts, of which those with the same filters are in one group: filters cost more than counting. */
export const grouped = (counts: readonly Count[]): Aggregations =>
  byFilters(
    counts,
    ({ products }) => products,
    (same) => {
      const [ofProducts, ofVariants] = [
        same.filter(({ variants }) => !variants),
        same.filter(({ variants }) => variants),
      ];
      if (ofVariants.length === 0) return named(ofProducts);
      const aggs = byFilters(ofVariants, ({ variants = [] }) => variants, named);
      return { ...named(ofProducts), [`${GROUP}variants`]: { nested: { path: 'variants' }, aggs } };
    },
  );

const named = (counts: readonly Count[]): Aggregations =>
  Object.fromEntries(counts.map(({ name, aggregation }) => [name, aggregation]));

const byFilters = (
  counts: readonly Count[],
  filtersOf: (count: Count) => readonly Query[],
  toAggregations: (same: readonly Count[]) => Aggregations,
): Aggregations => {
  const groups = Map.groupBy(counts, (count) => JSON.stringify(filtersOf(count)));
  const found = [...groups.values()].map((same, place): Aggregations => {
    const [filters = []] = same.map(filtersOf);
    const aggs = toAggregations(same);
    return filters.length === 0 ? aggs : { [`${GROUP}${place}`]: { filter: allOf(filters), aggs } };
  });
  return Object.assign({}, ...found) as Aggregations;
};

/** The results of counts by name, from those of `grouped`. */
export const ungrouped = (results: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(results).flatMap(([name, result]): [string, unknown][] =>
      name.startsWith(GROUP) && isGroup(result) ? Object.entries(ungrouped(result)) : [[name, result]],
    ),
  );

const isGroup = (result: unknown): result is Record<string, unknown> =>
  typeof result === 'object' && result !== null;

/** A regular expression of Lucene that matches texts that begin with this one. */
export const beginningWith = (text: string): string =>
  `${text.replace(/[^\p{L}\p{N}]/gu, String.raw`\$&`)}.*`;
