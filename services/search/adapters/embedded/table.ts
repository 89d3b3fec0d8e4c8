import type { Document } from '../../core/domain/document.ts';
import { PRODUCT_FACETS, splitAttributeKey } from '../../core/domain/filters.ts';
import { Column } from './column.ts';

/** A facet's value; `facet` is its index in `PRODUCT_FACETS`, or the name of an attribute. */
export interface Value {
  readonly facet: number | string;
  readonly value: string;
}

/** The products of an index, column by column. A product is its ordinal; a variant its own. */
export class Table {
  readonly productIds: string[] = [];
  readonly nameKeys: string[] = [];
  readonly isLive = new Column(Uint8Array);
  readonly rating = new Column(Float64Array);
  readonly sold = new Column(Float64Array);
  readonly createdAt = new Column(Float64Array);
  readonly boost = new Column(Float64Array);
  readonly price = new Column(Float64Array);
  readonly currency = new Column(Uint16Array);
  readonly isInStock = new Column(Uint8Array);
  /** The distinct values of all facets; products and variants have their indices. */
  readonly values: Value[] = [];
  readonly currencies: string[] = [];

  readonly #valueIds = new Map<string, number>();
  // Each product's and variant's start, and after the last one the end.
  readonly #firstVariant = new Column(Uint32Array, [0]);
  readonly #firstValue = new Column(Uint32Array, [0]);
  readonly #firstVariantValue = new Column(Uint32Array, [0]);
  readonly #productValues = new Column(Uint32Array);
  readonly #variantValues = new Column(Uint32Array);

  get length(): number {
    return this.productIds.length;
  }

  /** Returns the ordinal. */
  add(productId: string, document: Document): number {
    const { category, subcategory, brand, tags, variants } = document;
    this.productIds.push(productId);
    this.nameKeys.push(document.nameKey);
    this.isLive.push(1);
    this.rating.push(document.rating);
    this.sold.push(document.sold);
    this.createdAt.push(document.createdAt);
    this.boost.push(document.boost);
    for (const [facet, values] of [[category], [subcategory], [brand], tags].entries())
      for (const value of values) this.#productValues.push(this.#idOf(facet, value));
    this.#firstValue.push(this.#productValues.length);
    for (const variant of variants) {
      this.price.push(variant.price);
      this.currency.push(this.#currencyOf(variant.currency));
      this.isInStock.push(variant.inStock ? 1 : 0);
      for (const key of variant.attributes) this.#variantValues.push(this.#idOf(...splitAttributeKey(key)));
      this.#firstVariantValue.push(this.#variantValues.length);
    }
    this.#firstVariant.push(this.price.length);
    return this.length - 1;
  }

  /** The variants of a product: from the first, up to but not including the second. */
  variantsFrom(ordinal: number): number {
    return this.#firstVariant.at(ordinal);
  }

  variantsTo(ordinal: number): number {
    return this.#firstVariant.at(ordinal + 1);
  }

  /** The values of a product's own facets. */
  valuesOf(ordinal: number): Uint32Array {
    return this.#productValues.part(this.#firstValue.at(ordinal), this.#firstValue.at(ordinal + 1));
  }

  /** The values of a variant's attributes. */
  valuesOfVariant(variant: number): Uint32Array {
    return this.#variantValues.part(
      this.#firstVariantValue.at(variant),
      this.#firstVariantValue.at(variant + 1),
    );
  }

  /** The index of a facet's value, if any product has had it. */
  valueId(facet: number | string, value: string): number | undefined {
    return this.#valueIds.get(`${facet}\u001e${value}`);
  }

  #idOf(facet: number | string, value: string): number {
    const key = `${facet}\u001e${value}`;
    let id = this.#valueIds.get(key);
    if (id === undefined) {
      id = this.values.push({ facet, value }) - 1;
      this.#valueIds.set(key, id);
    }
    return id;
  }

  #currencyOf(code: string): number {
    const known = this.currencies.indexOf(code);
    return known >= 0 ? known : this.currencies.push(code) - 1;
  }
}

export const facetIndex = (name: (typeof PRODUCT_FACETS)[number]): number => PRODUCT_FACETS.indexOf(name);
