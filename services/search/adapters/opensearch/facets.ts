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
import { among, amongVariants, beginningWith, ofVariants } from './facet-parts.ts';
import { attributeFacet, FACET_FIELDS, IN_STOCK, type Sieve } from './filter-query.ts';
import type { Aggregation } from './queries.ts';
import { rangeAggregations, readRanges } from './ranges.ts';

/**
 * Values of all attributes together that are counted, the most frequent first: rarer ones are missing in facets of attributes
 * without a chosen value.
 */
const MOST_PAIRS = 2_000;
/** Values that each shard reports, so that the counts of several shards add up to the true ones. */
const MOST_PER_SHARD = 2 * MOST_PAIRS;

const RATINGS = [4, 3, 2, 1];

/** Products per attribute and value; only those of `name` if it is present, and then without its own filter. */
const pairs = (sieve: Sieve, name?: string): Aggregation =>
  amongVariants(sieve, name === undefined ? undefined : attributeFacet(name), {
    values: {
      terms: {
        field: 'variants.attributes',
        size: name === undefined ? MOST_PAIRS : MOST_VALUES,
        shard_size: MOST_PER_SHARD,
        order: [{ products: 'desc' }, { _key: 'asc' }],
        ...(name === undefined ? {} : { include: beginningWith(attributeKey(name, '')) }),
      },
      aggs: { products: { reverse_nested: {} } },
    },
  });

export const facetAggregations = (sieve: Sieve, choice: FacetChoice): Record<string, Aggregation> => ({
  ...Object.fromEntries(
    namesIn(choice).map((facet) => [
      facet,
      among(sieve.all(facet), {
        values: {
          terms: {
            field: FACET_FIELDS[facet],
            size: MOST_VALUES,
            shard_size: MOST_PER_SHARD,
            order: [{ _count: 'desc' }, { _key: 'asc' }],
          },
        },
      }),
    ]),
  ),
  ...(choice === 'all' ? otherAggregations(sieve) : {}),
});

const namesIn = (choice: FacetChoice): readonly ProductFacet[] =>
  choice === 'all' ? PRODUCT_FACETS : choice;

const otherAggregations = (sieve: Sieve): Record<string, Aggregation> => ({
  attributes: pairs(sieve),
  ...Object.fromEntries(sieve.attributes.map((name, index) => [`chosen_${index}`, pairs(sieve, name)])),
  ...rangeAggregations(sieve),
  price: amongVariants(sieve, 'price', {
    min: { min: { field: 'variants.price' } },
    max: { max: { field: 'variants.price' } },
  }),
  ratings: among(sieve.all('rating'), {
    values: { range: { field: 'rating', ranges: RATINGS.map((from) => ({ key: String(from), from })) } },
  }),
  in_stock: among(sieve.all('inStock', IN_STOCK), {}),
});

const Counted = z.object({ doc_count: z.int() });
const Values = z.object({
  values: z.object({ buckets: z.array(z.object({ key: z.string(), doc_count: z.int() })) }),
});
const Pairs = ofVariants({
  values: z.object({ buckets: z.array(z.object({ key: z.string(), products: Counted })) }),
});
const Prices = ofVariants({
  min: z.object({ value: z.number().nullable() }),
  max: z.object({ value: z.number().nullable() }),
});

const valuesOf = (aggregation: unknown): FacetValue[] =>
  Values.parse(aggregation).values.buckets.map(({ key, doc_count }) => ({ value: key, products: doc_count }));

/** Facets from the results of `facetAggregations`. */
export const readFacets = (
  results: Readonly<Record<string, unknown>>,
  sieve: Sieve,
  choice: FacetChoice,
): Facets => {
  const products = namesIn(choice).map((name) => ({ name, values: valuesOf(results[name]) }));
  if (choice !== 'all') return { products, ...LEFT_OUT };
  const { min, max } = Prices.parse(results['price']).variants.passing;
  const rated = valuesOf(results['ratings']);
  return {
    products,
    attributes: attributesOf(results, sieve),
    ranges: readRanges(results, sieve),
    price: min.value === null || max.value === null ? undefined : { min: min.value, max: max.value },
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
    for (const { key, products } of Pairs.parse(aggregation).variants.passing.values.buckets) {
      const [name, value] = splitAttributeKey(key);
      const values = byName.get(name) ?? [];
      if (!isWanted(name) || values.length === MOST_VALUES) continue;
      byName.set(name, [...values, { value, products: products.doc_count }]);
    }
  };
  add(results['attributes'], (name) => !attributes.includes(name));
  for (const index of attributes.keys()) add(results[`chosen_${index}`], () => true);
  const productsOf = ({ values }: Facet): number => values.reduce((sum, { products }) => sum + products, 0);
  return [...byName]
    .map(([name, values]) => ({ name, values }))
    .toSorted((a, b) => productsOf(b) - productsOf(a) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_ATTRIBUTES);
};
