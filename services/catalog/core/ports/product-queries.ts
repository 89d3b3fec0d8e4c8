import type { Money } from '#kernel/money.ts';
import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { Product } from '../domain/product.ts';

/** Reads of committed products, for clients and services. */
export interface ProductQueries {
  find(productId: string): Promise<Product | undefined>;
  page(request: ProductPageRequest): Promise<PageResult<ProductSummary>>;
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

/** A product as shown in lists. */
export interface ProductSummary {
  readonly productId: string;
  readonly name: string;
  readonly brand: string;
  readonly category: string;
  readonly subcategory: string;
  readonly tags: readonly string[];
  readonly image: string | undefined;
  /** The price of the cheapest variant. */
  readonly priceFrom: Money;
  readonly variantCount: number;
  readonly createdAt: Date;
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
