import { PRODUCT_FACETS, type Filters } from '../../core/domain/filters.ts';
import type { Lists, Table } from './table.ts';

/** True if exactly one filter was failed. */
export const isOneBit = (bits: number): boolean => bits !== 0 && (bits & (bits - 1)) === 0;

/** A filter on a facet. */
interface Choice extends Condition {
  readonly facet: number | string;
}

/** The bit of a filter, and the values that pass. */
interface Condition {
  readonly bit: number;
  readonly values: ReadonlySet<number>;
}

/** Filters as bits. What a product or variant fails is a set of bits. */
export class Sieve {
  /** Of the filters that are in use; 0 for the others. */
  readonly bits: { readonly rating: number; readonly price: number; readonly inStock: number };
  readonly #table: Table;
  readonly #filters: Filters;
  readonly #ofCategories: readonly Condition[];
  readonly #ofProducts: readonly Choice[];
  readonly #ofVariants: readonly Choice[];
  readonly #currency: number;
  readonly #bitOfCurrency: number;
  /** The bits of all filters on variants. */
  readonly bitsOfVariants: number;
  #failed = new Uint32Array(16);

  constructor(table: Table, filters: Filters) {
    let next = 1;
    const bitIf = (isUsed: boolean): number => {
      if (!isUsed) return 0;
      next *= 2;
      return next / 2;
    };
    const choose = (facet: number | string, values: readonly string[] = []): Choice[] =>
      values.length === 0
        ? []
        : [{ bit: bitIf(true), facet, values: new Set(values.map((value) => table.valueId(facet, value))) }];
    const { categoryIds = [], rating, price, currency, inStock, attributes = [] } = filters;
    this.#table = table;
    this.#filters = filters;
    this.#ofCategories =
      categoryIds.length === 0
        ? []
        : [{ bit: bitIf(true), values: new Set(categoryIds.map((id) => table.categoryNumber(id))) }];
    this.#ofProducts = PRODUCT_FACETS.flatMap((facet, index) => choose(index, filters[facet]));
    this.#ofVariants = [...attributes].flatMap(([name, values]) => choose(name, values));
    this.#currency = table.currencies.indexOf(currency ?? '');
    this.#bitOfCurrency = bitIf(currency !== undefined);
    this.bits = {
      rating: bitIf(rating !== undefined),
      price: bitIf(price?.min !== undefined || price?.max !== undefined),
      inStock: bitIf(inStock === true),
    };
    const { price: ofPrice, inStock: ofStock } = this.bits;
    this.bitsOfVariants = this.#ofVariants.reduce(
      (bits, choice) => bits | choice.bit,
      this.#bitOfCurrency | ofPrice | ofStock,
    );
  }

  /** The bit of a facet's filter; 0 if it has none. */
  bitOf(facet: number | string): number {
    return [...this.#ofProducts, ...this.#ofVariants].find((choice) => choice.facet === facet)?.bit ?? 0;
  }

  /**
   * What each variant of a product fails, including what the product fails, in the order of the variants. The result
   * is valid until the next call.
   */
  failuresOf(ordinal: number): Uint32Array {
    const { variants, productValues, categoryIds, rating } = this.#table;
    const first = variants.starts.at(ordinal);
    const end = variants.starts.at(ordinal + 1);
    if (end - first > this.#failed.length) this.#failed = new Uint32Array(2 * (end - first));
    let ofProduct =
      failuresIn(this.#ofProducts, productValues, ordinal) |
      failuresIn(this.#ofCategories, categoryIds, ordinal);
    if (rating.at(ordinal) < (this.#filters.rating ?? 0)) ofProduct |= this.bits.rating;
    // A product that fails two filters itself is in no facet, whatever its variants.
    const isDecided = this.bitsOfVariants === 0 || (ofProduct !== 0 && !isOneBit(ofProduct));
    for (let variant = first; variant < end; variant += 1)
      this.#failed[variant - first] = ofProduct | (isDecided ? 0 : this.#failuresOfVariant(variant));
    return this.#failed;
  }

  #failuresOfVariant(variant: number): number {
    const { price } = this.#filters;
    const amount = this.#table.price.at(variant);
    let failed = failuresIn(this.#ofVariants, this.#table.variantValues, variant);
    if (amount < (price?.min ?? -Infinity) || amount > (price?.max ?? Infinity)) failed |= this.bits.price;
    if (this.#table.currency.at(variant) !== this.#currency) failed |= this.#bitOfCurrency;
    if (this.#table.isInStock.at(variant) === 0) failed |= this.bits.inStock;
    return failed;
  }
}

const failuresIn = (choices: readonly Condition[], lists: Lists, row: number): number => {
  let failed = 0;
  for (const { bit, values } of choices) {
    let at = lists.starts.at(row);
    const end = lists.starts.at(row + 1);
    while (at < end && !values.has(lists.items.at(at))) at += 1;
    if (at === end) failed |= bit;
  }
  return failed;
};
