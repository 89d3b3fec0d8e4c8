import { PRODUCT_FACETS, type Filters } from '../../core/domain/filters.ts';
import { isInRange } from '../../core/domain/measure.ts';
import type { Lists, Table } from './table.ts';

/** What a variant fails: no filter, only the one with this number, or several. */
export const NONE = 0;
export const SEVERAL = 0xffff;

const and = (failed: number, other: number): number =>
  failed === NONE || failed === other ? other : other === NONE ? failed : SEVERAL;

/** A filter with its number, and the values that pass. */
interface Condition {
  readonly filter: number;
  readonly values: ReadonlySet<number>;
}

/** The filters in use, numbered from 1. Those on products have lower numbers than those on variants. */
export class Sieve {
  /** 0 for those that are not in use. */
  readonly rating: number;
  readonly price: number;
  readonly inStock: number;
  readonly #currency: number;
  readonly #table: Table;
  readonly #filters: Filters;
  readonly #ofCategories: readonly Condition[];
  readonly #ofProducts: readonly Condition[];
  readonly #ofVariants: readonly Condition[];
  readonly #hasFiltersOnVariants: boolean;
  readonly #currencyCode: number;
  /** By facet. */
  readonly #onValues = new Map<number | string, number>();
  /** By name of the attribute. */
  readonly #onRanges = new Map<string, number>();
  #failed = new Uint16Array(16);

  constructor(table: Table, filters: Filters) {
    const { categoryIds = [], rating, price, currency, inStock, attributes = [], ranges = [] } = filters;
    let filtersInUse = 0;
    const numberIf = (isUsed: boolean): number => (isUsed ? (filtersInUse += 1) : 0);
    const choose = (facet: number | string, values: readonly string[] = []): Condition[] => {
      if (values.length === 0) return [];
      const filter = numberIf(true);
      this.#onValues.set(facet, filter);
      return [{ filter, values: new Set(values.map((value) => table.valueId(facet, value))) }];
    };
    this.#table = table;
    this.#filters = filters;
    this.#ofCategories =
      categoryIds.length === 0
        ? []
        : [{ filter: numberIf(true), values: new Set(categoryIds.map((id) => table.categoryNumber(id))) }];
    this.#ofProducts = PRODUCT_FACETS.flatMap((facet, index) => choose(index, filters[facet]));
    this.rating = numberIf(rating !== undefined);
    const filtersOnProducts = filtersInUse;
    this.#ofVariants = [
      ...[...attributes].flatMap(([name, values]) => choose(name, values)),
      ...[...ranges].map(([name, some]): Condition => {
        const filter = numberIf(true);
        this.#onRanges.set(name, filter);
        const inRange = table.values.flatMap(({ facet, measure }, id) =>
          facet === name && isInRange(measure, some) ? [id] : [],
        );
        return { filter, values: new Set(inRange) };
      }),
    ];
    this.price = numberIf(price?.min !== undefined || price?.max !== undefined);
    this.inStock = numberIf(inStock === true);
    this.#currency = numberIf(currency !== undefined);
    this.#currencyCode = table.currencies.indexOf(currency ?? '');
    this.#hasFiltersOnVariants = filtersInUse > filtersOnProducts;
  }

  /** The filter on the values of a facet; 0 if there is none. */
  filterOn(facet: number | string): number {
    return this.#onValues.get(facet) ?? 0;
  }

  /** The filter on the numbers of an attribute; 0 if there is none. */
  rangeFilterOn(facet: number | string): number {
    return typeof facet === 'string' ? (this.#onRanges.get(facet) ?? 0) : 0;
  }

  /**
   * What each variant of a product fails, including what the product fails, in the order of the variants. The result
   * is valid until the next call.
   */
  failuresOf(ordinal: number): Uint16Array {
    const { variants, productValues, categoryIds, rating } = this.#table;
    const first = variants.starts.at(ordinal);
    const end = variants.starts.at(ordinal + 1);
    if (end - first > this.#failed.length) this.#failed = new Uint16Array(2 * (end - first));
    const ofProduct = and(
      and(
        failureIn(this.#ofProducts, productValues, ordinal),
        failureIn(this.#ofCategories, categoryIds, ordinal),
      ),
      rating.at(ordinal) < (this.#filters.rating ?? 0) ? this.rating : NONE,
    );
    // A product that fails two filters itself is in no facet, whatever its variants.
    const isDecided = !this.#hasFiltersOnVariants || ofProduct === SEVERAL;
    for (let variant = first; variant < end; variant += 1)
      this.#failed[variant - first] = isDecided ? ofProduct : and(ofProduct, this.#failureOfVariant(variant));
    return this.#failed;
  }

  #failureOfVariant(variant: number): number {
    const { price, currency, isInStock, variantValues } = this.#table;
    const { min = -Infinity, max = Infinity } = this.#filters.price ?? {};
    const amount = price.at(variant);
    let failed = failureIn(this.#ofVariants, variantValues, variant);
    if (amount < min || amount > max) failed = and(failed, this.price);
    if (currency.at(variant) !== this.#currencyCode) failed = and(failed, this.#currency);
    if (isInStock.at(variant) === 0) failed = and(failed, this.inStock);
    return failed;
  }
}

const failureIn = (conditions: readonly Condition[], lists: Lists, row: number): number => {
  let failed = NONE;
  for (const { filter, values } of conditions) {
    let at = lists.starts.at(row);
    const end = lists.starts.at(row + 1);
    while (at < end && !values.has(lists.items.at(at))) at += 1;
    if (at === end) failed = and(failed, filter);
  }
  return failed;
};
