/** What search knows about a product, from the events of several services. */
export interface Listing {
  readonly productId: string;
  /** Counts changes of anything below, from 1. An index never replaces a later revision by an earlier one. */
  readonly revision: number;
  /** Absent if the product is deleted, or only its stock, rating or sales are known. */
  readonly product?: Product | undefined;
  /** SKUs that can be ordered. */
  readonly available: ReadonlySet<string>;
  readonly rating?: Rating | undefined;
  /** Units in confirmed orders. */
  readonly sold: number;
}

/** A product as the catalog published it. */
export interface Product {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  /** Empty if the product is in a root category. */
  readonly subcategory: string;
  /** From the root to its own category. Absent in listings from before. */
  readonly categoryIds?: readonly string[] | undefined;
  /** The names of these categories. */
  readonly categoryPath?: readonly string[] | undefined;
  readonly tags: readonly string[];
  readonly brand: string;
  readonly specifications: Readonly<Record<string, string>>;
  readonly variants: readonly Variant[];
  /** ISO 8601. */
  readonly createdAt: string;
}

export interface Variant {
  readonly variantId: string;
  readonly sku: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** In major units. */
  readonly price: number;
  readonly currency: string;
  readonly images: readonly string[];
}

export interface Rating {
  /** From 1 to 5; 0 without reviews. */
  readonly average: number;
  readonly count: number;
}

/** The state of a product after a change; `product` is absent if it was deleted. */
export interface ProductChange {
  readonly productId: string;
  /** The newest wins, in whatever order changes arrive. */
  readonly version: number;
  readonly product?: Product | undefined;
}

export interface StockChange {
  readonly sku: string;
  readonly version: number;
  readonly isAvailable: boolean;
}

export interface RatingChange {
  readonly productId: string;
  readonly version: number;
  readonly rating: Rating;
}
