import {
  attributeKey,
  MOST_ATTRIBUTES,
  MOST_VALUES,
  PRODUCT_FACETS,
  type Facet,
  type Facets,
  type FacetValue,
  type RangeFacet,
} from '../../core/domain/filters.ts';
import { NONE, SEVERAL, type Sieve } from './sieve.ts';
import type { Lists, Table } from './table.ts';

interface RawLists {
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
}

const rawOf = ({ starts, items }: Lists): RawLists => ({ starts: starts.values, items: items.values });

/** Counts products per facet value, each facet without its own filter. */
export class FacetCounter {
  readonly #table: Table;
  readonly #sieve: Sieve;
  readonly #columns: {
    readonly productValues: RawLists;
    readonly variantValues: RawLists;
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
  /** By value: 1 if its number is in the range of its attribute. */
  readonly #isInRange: Uint8Array;
  readonly #ratings = [0, 0, 0, 0, 0, 0];
  #lowest = Infinity;
  #highest = -Infinity;
  #inStock = 0;

  constructor(table: Table, sieve: Sieve) {
    this.#table = table;
    this.#sieve = sieve;
    this.#columns = {
      productValues: rawOf(table.productValues),
      variantValues: rawOf(table.variantValues),
      variants: table.variants.starts.values,
      prices: table.price.values,
      stock: table.isInStock.values,
      ratings: table.rating.values,
    };
    this.#counts = new Uint32Array(table.values.length);
    this.#counted = new Uint32Array(table.values.length);
    this.#isInRange = new Uint8Array(table.values.length);
    this.#filterOf = Uint16Array.from(table.values, ({ facet }) => sieve.filterOn(facet));
    this.#rangeFilterOf = Uint16Array.from(table.values, ({ facet }) => sieve.rangeFilterOn(facet));
  }

  /**
   * Counts a product.
   * @param failed what its variants fail, including what the product fails, in the order of the variants
   */
  add(ordinal: number, failed: Uint16Array): void {
    const { rating, price, inStock } = this.#sieve;
    const { productValues, variantValues, variants, prices, stock, ratings } = this.#columns;
    const firstVariant = variants[ordinal] ?? 0;
    const count = (variants[ordinal + 1] ?? 0) - firstVariant;
    // What the variant closest to passing fails: only filters on products, which have the lowest numbers, matter here.
    let least = SEVERAL;
    for (let place = 0; place < count; place += 1) least = Math.min(least, failed[place] ?? SEVERAL);
    if (least === SEVERAL) return;
    this.#countList(productValues, ordinal, ordinal, least);
    const stars = Math.floor(ratings[ordinal] ?? 0);
    if (stars > 0 && (least === NONE || least === rating))
      this.#ratings[stars] = (this.#ratings[stars] ?? 0) + 1;
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
      this.#countList(variantValues, variant, ordinal, filter);
    }
    if (isInStock) this.#inStock += 1;
  }

  /** Counts a product for the values of a row that fails `filter`: all if it is none, otherwise those whose own it is. */
  #countList({ starts, items }: RawLists, row: number, ordinal: number, filter: number): void {
    const [counts, counted, isInRange] = [this.#counts, this.#counted, this.#isInRange];
    const [filterOf, rangeFilterOf] = [this.#filterOf, this.#rangeFilterOf];
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
    const byFacet = new Map<number | string, FacetValue[]>();
    for (const [index, { facet, value }] of this.#table.values.entries()) {
      const products = this.#counts[index] ?? 0;
      if (products === 0) continue;
      const values = byFacet.get(facet) ?? [];
      values.push({ value, products });
      byFacet.set(facet, values);
    }
    const attributes = [...byFacet].flatMap(([name, values]): Facet[] =>
      typeof name === 'string' ? [{ name, values: mostFrequent(values) }] : [],
    );
    return {
      products: PRODUCT_FACETS.map((name, index) => ({
        name,
        values: mostFrequent(byFacet.get(index) ?? []),
      })),
      attributes: mostCommon(attributes),
      ranges: this.#ranges(),
      price: this.#lowest <= this.#highest ? { min: this.#lowest, max: this.#highest } : undefined,
      ratings: [4, 3, 2, 1].map((atLeast) => ({
        atLeast,
        products: this.#ratings.slice(atLeast).reduce((sum, count) => sum + count, 0),
      })),
      inStock: this.#inStock,
    };
  }

  #ranges(): RangeFacet[] {
    const found = new Map<string, RangeFacet>();
    for (const [index, { facet, measure }] of this.#table.values.entries()) {
      if (typeof facet !== 'string' || !measure || this.#isInRange[index] === 0) continue;
      const { number, unit } = measure;
      const key = attributeKey(facet, unit);
      const { min, max } = found.get(key) ?? { min: number, max: number };
      found.set(key, { name: facet, unit, min: Math.min(min, number), max: Math.max(max, number) });
    }
    return [...found].toSorted(([a], [b]) => byText(a, b)).map(([, range]) => range);
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const mostFrequent = (values: readonly FacetValue[]): FacetValue[] =>
  values.toSorted((a, b) => b.products - a.products || byText(a.value, b.value)).slice(0, MOST_VALUES);

const mostCommon = (attributes: readonly Facet[]): Facet[] => {
  const productsOf = ({ values }: Facet): number => values.reduce((sum, { products }) => sum + products, 0);
  return attributes
    .toSorted((a, b) => productsOf(b) - productsOf(a) || byText(a.name, b.name))
    .slice(0, MOST_ATTRIBUTES);
};
