import {
  MOST_ATTRIBUTES,
  MOST_VALUES,
  PRODUCT_FACETS,
  type Facet,
  type Facets,
  type FacetValue,
} from '../../core/domain/filters.ts';
import { isOneBit, type Sieve } from './sieve.ts';
import type { Lists, Table } from './table.ts';

/** Bits of all filters: every facet counts. */
const ANY = 0xffff_ffff;

interface RawLists {
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
}

const rawOf = ({ starts, items }: Lists): RawLists => ({ starts: starts.values, items: items.values });

/** Counts products per facet value, each facet without its own filter. */
export class FacetCounter {
  readonly #table: Table;
  readonly #columns: {
    readonly productValues: RawLists;
    readonly variantValues: RawLists;
    readonly variants: Uint32Array;
    readonly prices: Float64Array;
    readonly stock: Uint8Array;
    readonly ratings: Float64Array;
  };
  readonly #bits: Sieve['bits'];
  readonly #bitsOfVariants: number;
  /** By value: the bit of its facet's filter, 0 if it has none; and the number of products. */
  readonly #bitOf: Uint32Array;
  readonly #counts: Uint32Array;
  /** By value: the last product that was counted, plus 1, because variants share values. */
  readonly #counted: Uint32Array;
  readonly #ratings = [0, 0, 0, 0, 0, 0];
  #lowest = Infinity;
  #highest = -Infinity;
  #inStock = 0;

  constructor(table: Table, sieve: Sieve) {
    const bits = new Map<number | string, number>();
    this.#table = table;
    this.#columns = {
      productValues: rawOf(table.productValues),
      variantValues: rawOf(table.variantValues),
      variants: table.variants.starts.values,
      prices: table.price.values,
      stock: table.isInStock.values,
      ratings: table.rating.values,
    };
    this.#bits = sieve.bits;
    this.#bitsOfVariants = sieve.bitsOfVariants;
    this.#counts = new Uint32Array(table.values.length);
    this.#counted = new Uint32Array(table.values.length);
    this.#bitOf = Uint32Array.from(table.values, ({ facet }) => {
      const known = bits.get(facet) ?? sieve.bitOf(facet);
      bits.set(facet, known);
      return known;
    });
  }

  /**
   * Counts a product.
   * @param failed what its variants fail, including what the product fails, in the order of the variants
   */
  add(ordinal: number, failed: Uint32Array): void {
    const { rating, price, inStock } = this.#bits;
    const { productValues, variantValues, variants, prices, stock, ratings } = this.#columns;
    const firstVariant = variants[ordinal] ?? 0;
    const count = (variants[ordinal + 1] ?? 0) - firstVariant;
    let passes = false;
    let almost = 0; // filters that are the only one that some variant fails
    for (let place = 0; place < count; place += 1) {
      const bits = failed[place] ?? 0;
      if (bits === 0) passes = true;
      else if (isOneBit(bits)) almost |= bits;
    }
    if (!passes && almost === 0) return;
    this.#countList(productValues, ordinal, ordinal, passes ? ANY : almost);
    const stars = Math.floor(ratings[ordinal] ?? 0);
    if (stars > 0 && (passes || (almost & rating) !== 0))
      this.#ratings[stars] = (this.#ratings[stars] ?? 0) + 1;
    if (!passes && (almost & this.#bitsOfVariants) === 0) return;
    let isInStock = false;
    for (let place = 0; place < count; place += 1) {
      const bits = failed[place] ?? 0;
      if (bits !== 0 && !isOneBit(bits)) continue;
      const variant = firstVariant + place;
      if ((bits & ~inStock) === 0 && stock[variant] === 1) isInStock = true;
      if ((bits & ~price) === 0) {
        const amount = prices[variant] ?? 0;
        if (amount < this.#lowest) this.#lowest = amount;
        if (amount > this.#highest) this.#highest = amount;
      }
      this.#countList(variantValues, variant, ordinal, bits === 0 ? ANY : bits);
    }
    if (isInStock) this.#inStock += 1;
  }

  /** Counts a product for the values of a row whose facet's filter is among `bits`. */
  #countList({ starts, items }: RawLists, row: number, ordinal: number, bits: number): void {
    const [counts, counted, bitOf] = [this.#counts, this.#counted, this.#bitOf];
    const end = starts[row + 1] ?? 0;
    for (let at = starts[row] ?? 0; at < end; at += 1) {
      const value = items[at] ?? 0;
      if (counted[value] === ordinal + 1 || (bits !== ANY && ((bitOf[value] ?? 0) & bits) === 0)) continue;
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
      price: this.#lowest <= this.#highest ? { min: this.#lowest, max: this.#highest } : undefined,
      ratings: [4, 3, 2, 1].map((atLeast) => ({
        atLeast,
        products: this.#ratings.slice(atLeast).reduce((sum, count) => sum + count, 0),
      })),
      inStock: this.#inStock,
    };
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
