import type { InJson } from '#kernel/json.ts';
import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { PriceRange } from '../domain/collection.ts';
import type { CurrentPrice } from '../domain/price.ts';
import type { Product } from '../domain/product.ts';
import type { Rating } from '../domain/rating.ts';
import type { StaffFilter } from './staff-filter.ts';

/** Reads of committed products, for clients and services. Products that are not visible do not exist for them. */
export interface ProductQueries {
  find(productId: string): Promise<ProductDetail | undefined>;
  /** Each product as `ProductJson.summary`, rated, as are all summaries here. */
  page(request: ProductPageRequest): Promise<PageResult<string>>;
  /** The visible ones of the related products as `ProductJson.summary`, in order; undefined if there is no such product. */
  related(productId: string): Promise<string[] | undefined>;
  /** Those of the products that are visible, by ID, as `ProductJson.summary`. */
  summaries(productIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Numbers of visible products by their own category, without those of the categories below it. */
  countByCategory(): Promise<ReadonlyMap<string, number>>;
  /** The offers of variants that are for sale at `now`, in no particular order. */
  offers(variantIds: readonly string[], now: Date): Promise<Offer[]>;
  /** IDs of products, visible or not, in ascending order after `after`. */
  select(filter: ProductFilter, after: string | undefined, limit: number): Promise<readonly string[]>;
}

/** Conditions that must all hold. */
export interface ProductFilter extends StaffFilter {
  /** The product is due (`dueAtOf`) at this time. */
  readonly dueBy?: Date;
  /** With a price in the list that has this code. */
  readonly priceList?: string;
  /** Not in the category tree yet. */
  readonly isUnfiled?: true;
}

/** Products to edit: those of a filter, or those named. */
export interface ProductSelection {
  readonly productIds?: readonly string[] | undefined;
  /** In JSON, to be stored. */
  readonly filter?: InJson<StaffFilter> | undefined;
}

export type Sort = 'newest' | 'price_asc' | 'price_desc' | 'name';

export interface ProductPageRequest extends PageRequest {
  readonly sort: Sort;
  /** Products in this category, or one below it. */
  readonly categoryId?: string | undefined;
  /** By name. */
  readonly category?: string | undefined;
  readonly subcategory?: string | undefined;
  readonly brand?: string | undefined;
  readonly tag?: string | undefined;
  /** The product has them all. */
  readonly tags?: readonly string[] | undefined;
  readonly price?: PriceRange | undefined;
  readonly createdFrom?: Date | undefined;
}

/** Makes the JSON that clients get. A store may keep it with the product. */
export interface ProductJson {
  /** Number of the format: JSON that a store kept in another one is not used. */
  readonly format: number;
  /** The product in a list. */
  readonly summary: (product: Product) => string;
  /** The product on its own. */
  readonly detail: (product: Product) => string;
  /** Either of them with the product's rating, which is not kept in it. */
  readonly rated: (json: string, rating: Rating | undefined) => string;
}

export interface ProductDetail {
  readonly version: number;
  /** Of the rating; absent if the product was never rated. */
  readonly ratingVersion?: number;
  /** As `ProductJson.detail`, rated. */
  readonly json: string;
}

/** The name of a variant and its prices at a time. */
export interface Offer {
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly image: string | undefined;
  /** One per currency; that in the variant's own currency comes first. */
  readonly prices: readonly CurrentPrice[];
}
