import type { Document } from '../../core/domain/document.ts';
import { splitAttributeKey } from '../../core/domain/filters.ts';
import { readMeasure, type Measure } from '../../core/domain/measure.ts';
import { Column } from './column.ts';

/** A facet's value; `facet` is its index in `PRODUCT_FACETS`, or the name of an attribute. */
export interface Value {
  readonly facet: number | string;
  readonly value: string;
  /** The number in an attribute's value. */
  readonly measure: Measure | undefined;
}

/** Memory of `Lists`, for loops: valid until a row is added. */
export interface Rows {
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
}

/** Lists of numbers, one per row: row `r` has the `items` from `starts[r]` up to, but not including, `starts[r + 1]`. */
export class Lists {
  readonly items = new Column(Uint32Array);
  readonly starts = new Column(Uint32Array, [0]);

  /** Adds a row. */
  push(row: readonly number[]): void {
    for (const item of row) this.items.push(item);
    this.starts.push(this.items.length);
  }

  get rows(): Rows {
    return { starts: this.starts.values, items: this.items.values };
  }
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
  /** The categories of each product, as numbers. */
  readonly categoryIds = new Lists();
  /** The values of each product's own facets. */
  readonly productValues = new Lists();
  /** The variants of each product. */
  readonly variants = new Lists();
  readonly price = new Column(Float64Array);
  readonly currency = new Column(Uint16Array);
  readonly isInStock = new Column(Uint8Array);
  /** The attributes of each variant. */
  readonly variantValues = new Lists();
  /** The values of each product's own facets and of all its variants, each once. */
  readonly allValues = new Lists();
  /** The distinct values of all facets, and which of them each facet has. */
  readonly values: Value[] = [];
  readonly valuesOf = new Map<Value['facet'], number[]>();
  readonly currencies: string[] = [];
  readonly #valueIds = new Map<string, number>();
  readonly #categoryNumbers = new Map<string, number>();

  get length(): number {
    return this.productIds.length;
  }

  /** Returns the ordinal. */
  add(productId: string, document: Document): number {
    const { category, subcategory, brand, tags } = document;
    this.productIds.push(productId);
    this.nameKeys.push(document.nameKey);
    this.isLive.push(1);
    this.rating.push(document.rating);
    this.sold.push(document.sold);
    this.createdAt.push(document.createdAt);
    this.boost.push(document.boost);
    this.categoryIds.push(document.categoryIds.map((id) => this.#categoryOf(id)));
    const values = [[category], subcategory === '' ? [] : [subcategory], [brand], tags];
    const ownValues = values.flatMap((some, facet) => some.map((value) => this.#idOf(facet, value)));
    const all = new Set(ownValues);
    const variants = document.variants.map(({ price, currency, inStock, attributes }) => {
      const ofVariant = attributes.map((key) => this.#idOf(...splitAttributeKey(key)));
      for (const value of ofVariant) all.add(value);
      this.price.push(price);
      this.currency.push(this.#currencyOf(currency));
      this.isInStock.push(inStock ? 1 : 0);
      this.variantValues.push(ofVariant);
      return this.price.length - 1;
    });
    this.variants.push(variants);
    this.productValues.push(ownValues);
    this.allValues.push([...all]);
    return this.length - 1;
  }

  /** The number of distinct categories. */
  get categories(): number {
    return this.#categoryNumbers.size;
  }

  /** The number of a category; -1 if no product has been in it. */
  categoryNumber(id: string): number {
    return this.#categoryNumbers.get(id) ?? -1;
  }

  /** The index of a facet's value; -1 if no product has had it. */
  valueId(facet: number | string, value: string): number {
    return this.#valueIds.get(`${facet}\u001e${value}`) ?? -1;
  }

  #categoryOf(id: string): number {
    const number = this.#categoryNumbers.get(id) ?? this.#categoryNumbers.size;
    this.#categoryNumbers.set(id, number);
    return number;
  }

  #idOf(facet: number | string, value: string): number {
    const known = this.valueId(facet, value);
    if (known >= 0) return known;
    const measure = typeof facet === 'string' ? readMeasure(value) : undefined;
    const id = this.values.push({ facet, value, measure }) - 1;
    this.#valueIds.set(`${facet}\u001e${value}`, id);
    const ofFacet = this.valuesOf.get(facet) ?? [];
    ofFacet.push(id);
    this.valuesOf.set(facet, ofFacet);
    return id;
  }

  #currencyOf(code: string): number {
    const known = this.currencies.indexOf(code);
    return known >= 0 ? known : this.currencies.push(code) - 1;
  }
}
