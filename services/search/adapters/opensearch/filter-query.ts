import { attributeKey, type Filters, type ProductFacet } from '../../core/domain/filters.ts';
import type { MeasureRange } from '../../core/domain/measure.ts';
import { allOf, anyOf, oneOf, type Query } from './queries.ts';

/** A filter in use. */
interface Choice {
  /** Its facet. */
  readonly facet: string;
  readonly query: Query;
}

/** Fields of the products' facets. */
export const FACET_FIELDS: Readonly<Record<ProductFacet, string>> = {
  category: 'category',
  subcategory: 'subcategory',
  brand: 'brand',
  tag: 'tags',
};

const IN_STOCK: Query = { term: { 'variants.in_stock': true } };

/** The facet of an attribute, among those of products. */
export const attributeFacet = (name: string): string => `attribute:${name}`;

/** The facet of an attribute's numbers. */
export const rangeFacet = (name: string): string => `range:${name}`;

const inRange = (name: string, { unit, min, max }: MeasureRange): Query => ({
  nested: {
    path: 'variants.numbers',
    query: allOf([
      oneOf('variants.numbers.key', [attributeKey(name, unit)]),
      { range: { 'variants.numbers.number': between(min, max) } },
    ]),
  },
});

/** The filters in use, each of which a facet can be counted without. */
export class Sieve {
  readonly #ofProducts: readonly Choice[];
  readonly #ofVariants: readonly Choice[];
  /** Attributes of which values were chosen. */
  readonly attributes: readonly string[];

  /** Attributes of which ranges were chosen. */
  readonly ranges: readonly string[];

  constructor(filters: Filters) {
    const {
      categoryIds,
      rating,
      attributes = [],
      ranges = [],
      price,
      currency,
      inStock,
      ...values
    } = filters;
    const chosen = Object.entries(FACET_FIELDS) as [ProductFacet, string][];
    this.#ofProducts = [
      ...choose('category ID', categoryIds, (ids) => oneOf('category_ids', ids)),
      ...chosen.flatMap(([facet, field]) => choose(facet, values[facet], (some) => oneOf(field, some))),
      ...(rating === undefined ? [] : [{ facet: 'rating', query: { range: { rating: { gte: rating } } } }]),
    ];
    const { min, max } = price ?? {};
    this.#ofVariants = [
      ...[...attributes].flatMap(([name, some]) =>
        choose(attributeFacet(name), some, (these) =>
          oneOf(
            'variants.attributes',
            these.map((value) => attributeKey(name, value)),
          ),
        ),
      ),
      ...[...ranges].map(([name, some]) => ({
        facet: rangeFacet(name),
        query: anyOf(some.map((range) => inRange(name, range))),
      })),
      ...(min === undefined && max === undefined
        ? []
        : [{ facet: 'price', query: { range: { 'variants.price': between(min, max) } } }]),
      ...(currency === undefined
        ? []
        : [{ facet: 'currency', query: oneOf('variants.currency', [currency]) }]),
      ...(inStock === true ? [{ facet: 'inStock', query: IN_STOCK }] : []),
    ];
    this.attributes = [...attributes].flatMap(([name, some]) => (some.length > 0 ? [name] : []));
    this.ranges = [...ranges].map(([name]) => name);
  }

  /** The field of products that sums up the variants that pass; undefined if none does. */
  summary(without?: string): string | undefined {
    const facets = choicesOf(this.#ofVariants, without).map(({ facet }) => facet);
    if (facets.length === 0) return 'summary.all';
    return facets.every((facet) => facet === 'inStock') ? 'summary.in_stock' : undefined;
  }

  /** What products must pass that is about products. */
  ofProducts(without?: string): Query[] {
    return queriesOf(this.#ofProducts, without);
  }

  /** What a variant must pass. */
  ofVariants(without?: string): Query[] {
    return queriesOf(this.#ofVariants, without);
  }

  /** What products must pass: all, with a variant that passes all. */
  all(without?: string): Query[] {
    const variants = this.ofVariants(without);
    return [...this.ofProducts(without), ...(variants.length === 0 ? [] : [anyVariant(variants)])];
  }

  /** That a variant is in stock and passes all else. */
  inStock(): Query {
    return anyVariant([...this.ofVariants('inStock'), IN_STOCK]);
  }
}

/** A variant that passes all of these. */
const anyVariant = (queries: readonly Query[]): Query =>
  queries.every((query) => query === IN_STOCK)
    ? { term: { in_stock: true } }
    : { nested: { path: 'variants', query: allOf(queries) } };

const between = (min?: number, max?: number): { gte?: number; lte?: number } => ({
  ...(min === undefined ? {} : { gte: min }),
  ...(max === undefined ? {} : { lte: max }),
});

const choicesOf = (choices: readonly Choice[], without: string | undefined): Choice[] =>
  choices.filter(({ facet }) => facet !== without);

const queriesOf = (choices: readonly Choice[], without: string | undefined): Query[] =>
  choicesOf(choices, without).map(({ query }) => query);

const choose = (
  facet: string,
  values: readonly string[] | undefined,
  toQuery: (values: readonly string[]) => Query,
): Choice[] => (values === undefined || values.length === 0 ? [] : [{ facet, query: toQuery(values) }]);
