import { z } from 'zod';
import {
  attributeKey,
  MOST_ATTRIBUTES,
  MOST_VALUES,
  PRODUCT_FACETS,
  splitAttributeKey,
  LEFT_OUT,
  type Facet,
  type FacetChoice,
  type ProductFacet,
  type Facets,
  type FacetValue,
} from '../../core/domain/filters.ts';
import { beginningWith, countOfVariants, grouped, ungrouped, type Count } from './facet-parts.ts';
import { attributeFacet, FACET_FIELDS, type Sieve } from './filter-query.ts';
import type { Aggregation } from './queries.ts';
import { rangeCounts, readRanges } from './ranges.ts';

/**
 * Values of all attributes together that are counted, the most frequent first: rarer ones are missing in facets of attributes
 * without a chosen value.
 */
const MOST_PAIRS = 2_000;
/**
 * Values per value of the result that each shard reports, so that the counts of several shards add up to the true ones; each
 * of them takes time.
 */
const PER_SHARD = 4;

const RATINGS = [4, 3, 2, 1];

/** Products per value of a field. */
const values = (field: string, size = MOST_VALUES, more: object = {}): Aggregation => ({
  terms: {
    field,
    size,
    shard_size: PER_SHARD * size,
    order: [{ _count: 'desc' }, { _key: 'asc' }],
    ...more,
  },
});

/** Products per attribute and value; only those of `name` if it is present, and then without its own filter. */
const pairs = (sieve: Sieve, count: string, name?: string): Count => {
  const size = name === undefined ? MOST_PAIRS : MOST_VALUES;
  const which = name === undefined ? {} : { include: beginningWith(attributeKey(name, '')) };
  return countOfVariants(
    count,
    sieve,
    name === undefined ? undefined : attributeFacet(name),
    (summary) => values(`${summary}.attributes`, size, which),
    {
      ...values('variants.attributes', size, { ...which, order: [{ products: 'desc' }, { _key: 'asc' }] }),
      aggs: { products: { reverse_nested: {} } },
    },
  );
};

export const facetAggregations = (sieve: Sieve, choice: FacetChoice): Record<string, Aggregation> =>
  grouped([
    ...namesIn(choice).map((name) => ({
      name,
      products: sieve.all(name),
      aggregation: values(FACET_FIELDS[name]),
    })),
    ...(choice === 'all' ? otherCounts(sieve) : []),
  ]);

const namesIn = (choice: FacetChoice): readonly ProductFacet[] =>
  choice === 'all' ? PRODUCT_FACETS : choice;

const otherCounts = (sieve: Sieve): Count[] => [
  pairs(sieve, 'attributes'),
  ...sieve.attributes.map((name, index) => pairs(sieve, `chosen_${index}`, name)),
  ...rangeCounts(sieve),
  countOfVariants('price', sieve, 'price', (summary) => ({ stats: { field: `${summary}.prices` } }), {
    stats: { field: 'variants.price' },
  }),
  {
    name: 'ratings',
    products: sieve.all('rating'),
    aggregation: { range: { field: 'rating', ranges: RATINGS.map((from) => ({ key: String(from), from })) } },
  },
  { name: 'in_stock', products: sieve.ofProducts(), aggregation: { filter: sieve.inStock() } },
];

const Counted = z.object({ doc_count: z.int() });
/** Of variants, the number of their products is apart. */
const Values = z.object({
  buckets: z.array(Counted.extend({ key: z.string(), products: Counted.optional() })),
});
const Prices = z.object({ min: z.number().nullable(), max: z.number().nullable() });

const valuesOf = (aggregation: unknown): FacetValue[] =>
  Values.parse(aggregation).buckets.map(({ key, doc_count, products }) => ({
    value: key,
    products: products?.doc_count ?? doc_count,
  }));

/** Facets from the results of `facetAggregations`. */
export const readFacets = (
  aggregations: Readonly<Record<string, unknown>>,
  sieve: Sieve,
  choice: FacetChoice,
): Facets => {
  const results = ungrouped(aggregations);
  const products = namesIn(choice).map((name) => ({ name, values: valuesOf(results[name]) }));
  if (choice !== 'all') return { products, ...LEFT_OUT };
  const { min, max } = Prices.parse(results['price']);
  const rated = valuesOf(results['ratings']);
  return {
    products,
    attributes: attributesOf(results, sieve),
    ranges: readRanges(results, sieve),
    price: min === null || max === null ? undefined : { min, max },
    ratings: RATINGS.map((atLeast) => ({
      atLeast,
      products: rated.find(({ value }) => value === String(atLeast))?.products ?? 0,
    })),
    inStock: Counted.parse(results['in_stock']).doc_count,
  };
};

const attributesOf = (results: Readonly<Record<string, unknown>>, { attributes }: Sieve): Facet[] => {
  const byName = new Map<string, FacetValue[]>();
  const add = (aggregation: unknown, isWanted: (name: string) => boolean): void => {
    for (const { value: pair, products } of valuesOf(aggregation)) {
      const [name, value] = splitAttributeKey(pair);
      const found = byName.get(name) ?? [];
      if (!isWanted(name) || found.length === MOST_VALUES) continue;
      byName.set(name, [...found, { value, products }]);
    }
  };
  add(results['attributes'], (name) => !attributes.includes(name));
  for (const index of attributes.keys()) add(results[`chosen_${index}`], () => true);
  const productsOf = ({ values }: Facet): number => values.reduce((sum, { products }) => sum + products, 0);
  return [...byName]
    .map(([name, found]) => ({ name, values: found }))
    .toSorted((a, b) => productsOf(b) - productsOf(a) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_ATTRIBUTES);
};
