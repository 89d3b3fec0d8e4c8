import {
  MOST_ATTRIBUTES,
  MOST_VALUES,
  PRODUCT_FACETS,
  type Facet,
  type Facets,
  type FacetValue,
  type Filters,
} from '../../core/domain/filters.ts';
import type { Table } from './table.ts';

/** A filter in use: a bit, and the values that pass it. */
interface Choice {
  readonly bit: number;
  readonly facet: number | string;
  readonly values: ReadonlySet<number>;
}

/** Filters by bits: a product or variant fails those whose bits are set. */
export class Sieve {
  readonly #table: Table;
  readonly #filters: Filters;
  readonly #ofProducts: readonly Choice[];
  readonly #ofVariants: readonly Choice[];
  readonly #bitsOfFacets: ReadonlyMap<number | string, number>;
  readonly bits = { rating: 0, price: 0, currency: 0, inStock: 0 };

  constructor(table: Table, filters: Filters) {
    this.#table = table;
    this.#filters = filters;
    let next = 1;
    const bitFor = (isUsed: boolean): number => {
      if (!isUsed) return 0;
      const bit = next;
      next *= 2;
      return bit;
    };
    const choose = (facet: number | string, values: readonly string[] = []): Choice[] =>
      values.length === 0
        ? []
        : [
            {
              bit: bitFor(true),
              facet,
              values: new Set(values.map((value) => table.valueId(facet, value) ?? -1)),
            },
          ];
    this.#ofProducts = PRODUCT_FACETS.flatMap((facet, index) => choose(index, filters[facet]));
    this.#ofVariants = [...(filters.attributes ?? [])].flatMap(([name, values]) => choose(name, values));
    this.#bitsOfFacets = new Map(
      [...this.#ofProducts, ...this.#ofVariants].map(({ facet, bit }) => [facet, bit]),
    );
    const { rating, price, currency, inStock } = filters;
    this.bits.rating = bitFor(rating !== undefined);
    this.bits.price = bitFor(price?.min !== undefined || price?.max !== undefined);
    this.bits.currency = bitFor(currency !== undefined);
    this.bits.inStock = bitFor(inStock === true);
  }

  /** The bit of a facet's filter; 0 if it has none. */
  bitOf(facet: number | string): number {
    return this.#bitsOfFacets.get(facet) ?? 0;
  }

  /** The filters that a product fails, whatever its variants. */
  failuresOf(ordinal: number): number {
    let failed = 0;
    for (const { bit, values } of this.#ofProducts) {
      if (!this.#table.valuesOf(ordinal).some((value) => values.has(value))) failed |= bit;
    }
    const { rating } = this.#filters;
    if (rating !== undefined && this.#table.rating.at(ordinal) < rating) failed |= this.bits.rating;
    return failed;
  }

  failuresOfVariant(variant: number): number {
    let failed = 0;
    for (const { bit, values } of this.#ofVariants) {
      if (!this.#table.valuesOfVariant(variant).some((value) => values.has(value))) failed |= bit;
    }
    const { price, currency, inStock } = this.#filters;
    const amount = this.#table.price.at(variant);
    if (amount < (price?.min ?? -Infinity) || amount > (price?.max ?? Infinity)) failed |= this.bits.price;
    if (currency !== undefined && this.#table.currencies[this.#table.currency.at(variant)] !== currency)
      failed |= this.bits.currency;
    if (inStock === true && this.#table.isInStock.at(variant) === 0) failed |= this.bits.inStock;
    return failed;
  }
}

const isPowerOfTwo = (bits: number): boolean => (bits & (bits - 1)) === 0;

/** Counts products per facet value, each facet without its own filter. */
export class FacetCounter {
  readonly #table: Table;
  readonly #sieve: Sieve;
  readonly #counts: Uint32Array;
  /** The last product counted for a value, plus 1: variants share values. */
  readonly #counted: Uint32Array;
  /** The bit of the filter on each value's facet; 0 if it has none. */
  readonly #bitOfValue: Uint32Array;
  readonly #ratings = [0, 0, 0, 0, 0, 0];
  #lowest = Infinity;
  #highest = -Infinity;
  #inStock = 0;

  constructor(table: Table, sieve: Sieve) {
    this.#table = table;
    this.#sieve = sieve;
    this.#counts = new Uint32Array(table.values.length);
    this.#counted = new Uint32Array(table.values.length);
    this.#bitOfValue = Uint32Array.from(table.values, ({ facet }) => sieve.bitOf(facet));
  }

  /** @param failed of the product and each of its variants together */
  add(ordinal: number, failed: readonly number[]): void {
    const table = this.#table;
    const passesWithout = (bit: number): boolean => failed.some((bits) => (bits & ~bit) === 0);
    for (const value of table.valuesOf(ordinal))
      if (passesWithout(this.#bitOfValue[value] ?? 0)) this.#count(value, ordinal);
    const { rating, price, inStock } = this.#sieve.bits;
    const stars = Math.floor(table.rating.at(ordinal));
    if (stars > 0 && passesWithout(rating)) this.#ratings[stars] = (this.#ratings[stars] ?? 0) + 1;
    let isInStock = false;
    for (const [index, bits] of failed.entries()) {
      const variant = table.variantsFrom(ordinal) + index;
      if ((bits & ~inStock) === 0 && table.isInStock.at(variant) === 1) isInStock = true;
      if ((bits & ~price) === 0) {
        this.#lowest = Math.min(this.#lowest, table.price.at(variant));
        this.#highest = Math.max(this.#highest, table.price.at(variant));
      }
      if (bits !== 0 && !isPowerOfTwo(bits)) continue;
      for (const value of table.valuesOfVariant(variant))
        if ((bits & ~(this.#bitOfValue[value] ?? 0)) === 0) this.#count(value, ordinal);
    }
    if (isInStock) this.#inStock += 1;
  }

  #count(value: number, ordinal: number): void {
    if (this.#counted[value] === ordinal + 1) return;
    this.#counted[value] = ordinal + 1;
    this.#counts[value] = (this.#counts[value] ?? 0) + 1;
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
