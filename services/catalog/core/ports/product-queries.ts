import type { Money } from '#kernel/money.ts';
import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { Product } from '../domain/product.ts';

/** Reads of committed products, for clients and services. */
export interface ProductQueries {
  find(productId: string): Promise<ShownProduct | undefined>;
  /** Each product as `ProductViews.listed` shows it. */
  page(request: ProductPageRequest): Promise<PageResult<string>>;
  categories(): Promise<Category[]>;
  /** The offers of existing variants, in no particular order. */
  offers(variantIds: readonly string[]): Promise<Offer[]>;
}

export type Sort = 'newest' | 'price_asc' | 'price_desc' | 'name';

export interface ProductPageRequest extends PageRequest {
  readonly sort: Sort;
  readonly category?: string | undefined;
  readonly subcategory?: string | undefined;
  readonly brand?: string | undefined;
  readonly tag?: string | undefined;
}

/** How clients see products: JSON text that a store may keep with the product, and that is sent as it is. */
export interface ProductViews {
  /** Changes whenever a product would look different, so that text kept under another format no longer counts. */
  readonly format: number;
  /** The product in a list. */
  readonly listed: (product: Product) => string;
  /** The whole product. */
  readonly whole: (product: Product) => string;
}

export interface ShownProduct {
  readonly version: number;
  /** As `ProductViews.whole` shows it. */
  readonly json: string;
}

export interface Category {
  readonly name: string;
  readonly products: number;
  readonly subcategories: readonly { readonly name: string; readonly products: number }[];
}

/** The current name and price of a variant. */
export interface Offer {
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly image: string | undefined;
  readonly price: Money;
}
