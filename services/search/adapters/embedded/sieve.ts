import { PRODUCT_FACETS, type Filters } from '../../core/domain/filters.ts';
import { isInRange } from '../../core/domain/measure.ts';
import type { Rows, Table, Value } from './table.ts';

/** What a variant fails: no filter, only the one with this number, or several. */
export const NONE = 0;
export const SEVERAL = 0xffff;

const and = (failed: number, other: number): number =>
  failed === NONE || failed === other ? other : other === NONE ? failed : SEVERAL;

/** A filter with its number, and by value, 1 if it passes. */
interface Condition {
  readonly filter: number;
  readonly passes: Uint8Array;
}

const passing = (values: readonly number[], length: number): Uint8Array => {
  const passes = new Uint8Array(length);
  for (const value of values) passes[value] = 1; // those that no product has are -1, which is ignored
  return passes;
};

/**
 * The filters in use, numbered from 1: those on products before those on variants, so that `least` is one that the product
 * itself fails, if it fails any.
 */
export class Sieve {
  /** Filters up to this number are on products. */
  readonly ofProducts: number;
  readonly hasFiltersOnVariants: boolean;
  /** 0 for those that are not in use. */
  readonly rating: number;
  readonly price: number;
  readonly inStock: number;
  readonly #currency: number;
  /** Of the product examined last: what its variant closest to passing fails, and what each fails, in their order. */
  least = NONE;
  failed = new Uint16Array(16);
  readonly #columns: {
    readonly variants: Uint32Array;
    readonly productValues: Rows;
    readonly categoryIds: Rows;
    readonly ratings: Float64Array;
    readonly variantValues: Rows;
    readonly prices: Float64Array;
    readonly currencies: Uint16Array;
    readonly stock: Uint8Array;
  };
  readonly #lowestRating: number;
  readonly #lowestPrice: number;
  readonly #highestPrice: number;
  readonly #ofCategories: readonly Condition[];
  readonly #ofProducts: readonly Condition[];
  readonly #ofVariants: readonly Condition[];
  readonly #currencyCode: number;
  /** Filters on the values of a facet, and on the numbers of an attribute. */
  readonly onValues = new Map<Value['facet'], number>();
  readonly onRanges = new Map<string, number>();

  constructor(table: Table, filters: Filters) {
    const { categoryIds = [], rating, price, currency, inStock, attributes = [], ranges = [] } = filters;
    const { length } = table.values;
    let filtersInUse = 0;
    const numberIf = (isUsed: boolean): number => (isUsed ? (filtersInUse += 1) : 0);
    const choose = (facet: number | string, values: readonly string[] = []): Condition[] => {
      if (values.length === 0) return [];
      const filter = numberIf(true);
      this.onValues.set(facet, filter);
      return [
        {
          filter,
          passes: passing(
            values.map((value) => table.valueId(facet, value)),
            length,
          ),
        },
      ];
    };
    this.#columns = {
      variants: table.variants.starts.values,
      productValues: table.productValues.rows,
      categoryIds: table.categoryIds.rows,
      ratings: table.rating.values,
      variantValues: table.variantValues.rows,
      prices: table.price.values,
      currencies: table.currency.values,
      stock: table.isInStock.values,
    };
    this.#lowestRating = rating ?? 0;
    this.#lowestPrice = price?.min ?? -Infinity;
    this.#highestPrice = price?.max ?? Infinity;
    this.#ofCategories =
      categoryIds.length === 0
        ? []
        : [
            {
              filter: numberIf(true),
              passes: passing(
                categoryIds.map((id) => table.categoryNumber(id)),
                table.categories,
              ),
            },
          ];
    this.#ofProducts = PRODUCT_FACETS.flatMap((facet, index) => choose(index, filters[facet]));
    this.rating = numberIf(rating !== undefined);
    this.ofProducts = filtersInUse;
    this.#ofVariants = [
      ...[...attributes].flatMap(([name, values]) => choose(name, values)),
      ...[...ranges].map(([name, some]): Condition => {
        const filter = numberIf(true);
        this.onRanges.set(name, filter);
        const inRange = table.valuesOf
          .get(name)
          ?.filter((value) => isInRange(table.values[value]?.measure, some));
        return { filter, passes: passing(inRange ?? [], length) };
      }),
    ];
    this.price = numberIf(price?.min !== undefined || price?.max !== undefined);
    this.inStock = numberIf(inStock === true);
    this.#currency = numberIf(currency !== undefined);
    this.#currencyCode = table.currencies.indexOf(currency ?? '');
    this.hasFiltersOnVariants = filtersInUse > this.ofProducts;
  }

  /** Finds out what the variants of a product fail, including what the product fails. */
  examine(ordinal: number): void {
    const { variants, productValues, categoryIds, ratings } = this.#columns;
    const first = variants[ordinal] ?? 0;
    const count = (variants[ordinal + 1] ?? 0) - first;
    if (count > this.failed.length) this.failed = new Uint16Array(2 * count);
    const ofProduct = and(
      and(
        failureIn(this.#ofProducts, productValues, ordinal),
        failureIn(this.#ofCategories, categoryIds, ordinal),
      ),
      (ratings[ordinal] ?? 0) < this.#lowestRating ? this.rating : NONE,
    );
    // A product that fails two filters itself is in no facet, whatever its variants.
    const isDecided = !this.hasFiltersOnVariants || ofProduct === SEVERAL;
    this.least = SEVERAL;
    for (let place = 0; place < count; place += 1) {
      const failed = isDecided ? ofProduct : and(ofProduct, this.#failureOfVariant(first + place));
      this.failed[place] = failed;
      if (failed < this.least) this.least = failed;
    }
  }

  #failureOfVariant(variant: number): number {
    const { variantValues, prices, currencies, stock } = this.#columns;
    const price = prices[variant] ?? 0;
    let failed = failureIn(this.#ofVariants, variantValues, variant);
    if (price < this.#lowestPrice || price > this.#highestPrice) failed = and(failed, this.price);
    if (currencies[variant] !== this.#currencyCode) failed = and(failed, this.#currency);
    if (stock[variant] === 0) failed = and(failed, this.inStock);
    return failed;
  }
}

const failureIn = (conditions: readonly Condition[], { starts, items }: Rows, row: number): number => {
  let failed = NONE;
  for (const { filter, passes } of conditions) {
    let at = starts[row] ?? 0;
    const end = starts[row + 1] ?? 0;
    while (at < end && passes[items[at] ?? 0] === 0) at += 1;
    if (at === end) failed = and(failed, filter);
  }
  return failed;
};
