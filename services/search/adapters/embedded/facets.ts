import {
  attributeKey,
  MOST_ATTRIBUTES,
  MOST_VALUES,
  PRODUCT_FACETS,
  LEFT_OUT,
  type Facet,
  type FacetChoice,
  type Facets,
  type FacetValue,
  type RangeFacet,
} from '../../core/domain/filters.ts';
import { NONE, SEVERAL, type Sieve } from './sieve.ts';
import type { Rows, Table, Value } from './table.ts';

/** Counts products per facet value, each facet without its own filter. */
export class FacetCounter {
  readonly #choice: FacetChoice;
  readonly #table: Table;
  readonly #sieve: Sieve;
  readonly #columns: {
    readonly productValues: Rows;
    readonly variantValues: Rows;
    readonly allValues: Rows;
    readonly variants: Uint32Array;
    readonly prices: Float64Array;
    readonly stock: Uint8Array;
    readonly ratings: Float64Array;
  };
  /** By value: the filter on its facet and on its number, 0 without one. */
  readonly #filterOf: Uint16Array;
  readonly #rangeFilterOf: Uint16Array;
  /** By value: the number of products. */
  readonly #counts: Uint32Array;
  /** By value: the last product that was counted, plus 1, because variants share values. */
  readonly #counted: Uint32Array;
  /** By value: not 0 if its number is in the range of its attribute. Without filters on variants, each counted one is. */
  readonly #isInRange: Uint8Array | Uint32Array;
  readonly #ratings = [0, 0, 0, 0, 0, 0];
  #lowest = Infinity;
  #highest = -Infinity;
  #inStock = 0;

  constructor(table: Table, sieve: Sieve, choice: FacetChoice) {
    this.#choice = choice;
    this.#table = table;
    this.#sieve = sieve;
    this.#columns = {
      productValues: table.productValues.rows,
      variantValues: table.variantValues.rows,
      allValues: table.allValues.rows,
      variants: table.variants.starts.values,
      prices: table.price.values,
      stock: table.isInStock.values,
      ratings: table.rating.values,
    };
    this.#counts = new Uint32Array(table.values.length);
    this.#counted = new Uint32Array(table.values.length);
    this.#isInRange = sieve.hasFiltersOnVariants ? new Uint8Array(table.values.length) : this.#counts;
    this.#filterOf = byValue(table, sieve.onValues);
    this.#rangeFilterOf = byValue(table, sieve.onRanges);
  }

  /** Counts a product, which the sieve has examined. */
  add(ordinal: number): void {
    const { rating, price, inStock, ofProducts, hasFiltersOnVariants, least, failed } = this.#sieve;
    const { productValues, variantValues, allValues, variants, prices, stock, ratings } = this.#columns;
    const isAll = this.#choice === 'all';
    if (least === NONE && (!isAll || !hasFiltersOnVariants))
      this.#countAll(isAll ? allValues : productValues, ordinal);
    else this.#count(productValues, ordinal, ordinal, least);
    if (!isAll) return;
    if (least === NONE || least === rating) {
      const stars = Math.floor(ratings[ordinal] ?? 0);
      this.#ratings[stars] = (this.#ratings[stars] ?? 0) + 1;
    }
    if (least !== NONE && least <= ofProducts) return;
    const firstVariant = variants[ordinal] ?? 0;
    const count = (variants[ordinal + 1] ?? 0) - firstVariant;
    let isInStock = false;
    for (let place = 0; place < count; place += 1) {
      const filter = failed[place] ?? SEVERAL;
      if (filter === SEVERAL) continue;
      const variant = firstVariant + place;
      if ((filter === NONE || filter === inStock) && stock[variant] === 1) isInStock = true;
      if (filter === NONE || filter === price) {
        const amount = prices[variant] ?? 0;
        if (amount < this.#lowest) this.#lowest = amount;
        if (amount > this.#highest) this.#highest = amount;
      }
      if (hasFiltersOnVariants) this.#count(variantValues, variant, ordinal, filter);
    }
    if (isInStock) this.#inStock += 1;
  }

  /** Counts a product for all values of a row, which are different. */
  #countAll({ starts, items }: Rows, row: number): void {
    const counts = this.#counts;
    const end = starts[row + 1] ?? 0;
    for (let at = starts[row] ?? 0; at < end; at += 1) {
      const value = items[at] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
    }
  }

  /** Counts a product for the values of a row that fails `filter`: all if it is none, otherwise those whose own it is. */
  #count({ starts, items }: Rows, row: number, ordinal: number, filter: number): void {
    const counts = this.#counts;
    const counted = this.#counted;
    const isInRange = this.#isInRange;
    const filterOf = this.#filterOf;
    const rangeFilterOf = this.#rangeFilterOf;
    const end = starts[row + 1] ?? 0;
    for (let at = starts[row] ?? 0; at < end; at += 1) {
      const value = items[at] ?? 0;
      if (filter === NONE || rangeFilterOf[value] === filter) isInRange[value] = 1;
      if (counted[value] === ordinal + 1 || (filter !== NONE && filterOf[value] !== filter)) continue;
      counted[value] = ordinal + 1;
      counts[value] = (counts[value] ?? 0) + 1;
    }
  }

  result(): Facets {
    const choice = this.#choice;
    const products = (choice === 'all' ? PRODUCT_FACETS : choice).map((name) => ({
      name,
      values: this.#valuesOf(PRODUCT_FACETS.indexOf(name)),
    }));
    if (choice !== 'all') return { products, ...LEFT_OUT };
    return {
      products,
      attributes: mostCommon(
        this.#attributes()
          .map((name) => ({ name, values: this.#valuesOf(name) }))
          .filter(({ values }) => values.length > 0),
      ),
      ranges: this.#ranges(),
      price: this.#lowest <= this.#highest ? { min: this.#lowest, max: this.#highest } : undefined,
      ratings: [4, 3, 2, 1].map((atLeast) => ({
        atLeast,
        products: this.#ratings.slice(atLeast).reduce((sum, count) => sum + count, 0),
      })),
      inStock: this.#inStock,
    };
  }

  #attributes(): string[] {
    return [...this.#table.valuesOf.keys()].filter((facet) => typeof facet === 'string');
  }

  #valuesOf(facet: Value['facet']): readonly FacetValue[] {
    const found: FacetValue[] = [];
    for (const id of this.#table.valuesOf.get(facet) ?? []) {
      const products = this.#counts[id] ?? 0;
      if (products > 0) found.push({ value: this.#table.values[id]?.value ?? '', products });
    }
    return mostFrequent(found);
  }

  #ranges(): RangeFacet[] {
    const found = new Map<string, RangeFacet>();
    for (const name of this.#attributes())
      for (const id of this.#table.valuesOf.get(name) ?? []) {
        const measure = this.#table.values[id]?.measure;
        if (!measure || this.#isInRange[id] === 0) continue;
        const { number, unit } = measure;
        const key = attributeKey(name, unit);
        const { min, max } = found.get(key) ?? { min: number, max: number };
        found.set(key, { name, unit, min: Math.min(min, number), max: Math.max(max, number) });
      }
    return [...found].toSorted(([a], [b]) => byText(a, b)).map(([, range]) => range);
  }
}

/** By value, the filter on its facet. */
const byValue = (table: Table, filters: ReadonlyMap<Value['facet'], number>): Uint16Array => {
  const filterOf = new Uint16Array(table.values.length);
  for (const [facet, filter] of filters)
    for (const value of table.valuesOf.get(facet) ?? []) filterOf[value] = filter;
  return filterOf;
};

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sorting is left to those that are frequent enough: tags may be many thousands. */
const mostFrequent = (values: readonly FacetValue[]): readonly FacetValue[] => {
  const counts = Uint32Array.from(values, ({ products }) => products).sort();
  const least = counts.at(-MOST_VALUES) ?? 0;
  return values
    .filter(({ products }) => products >= least)
    .sort((a, b) => b.products - a.products || byText(a.value, b.value))
    .slice(0, MOST_VALUES);
};

const mostCommon = (attributes: readonly Facet[]): Facet[] => {
  const productsOf = ({ values }: Facet): number => values.reduce((sum, { products }) => sum + products, 0);
  return attributes
    .toSorted((a, b) => productsOf(b) - productsOf(a) || byText(a.name, b.name))
    .slice(0, MOST_ATTRIBUTES);
};
