import type { DocumentQueries, Documents } from '#kernel/documents.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { BulkEdit } from '../domain/bulk-edit.ts';
import type { Category } from '../domain/category.ts';
import type { Collection } from '../domain/collection.ts';
import type { ImportJob } from '../domain/import-job.ts';
import type { PriceList } from '../domain/price-list.ts';
import type { Product } from '../domain/product.ts';
import type { ProductRating } from '../domain/rating.ts';
import type { ProductSelection } from './product-queries.ts';

/** The catalog's unit of work. */
export interface CatalogTx extends BaseTx, CatalogDocuments {
  readonly products: ProductRepository;
  readonly ratings: RatingRepository;
}

export interface CatalogDocuments {
  readonly categories: Documents<Category>;
  readonly collections: Documents<Collection>;
  /** Named by their codes. */
  readonly priceLists: Documents<PriceList>;
  /** Named by their slots. */
  readonly imports: Documents<ImportJob>;
  /** Named by their slots. */
  readonly bulkEdits: Documents<BulkEdit<ProductSelection>>;
}

export type CatalogDocumentQueries = {
  readonly [Kind in keyof CatalogDocuments]: CatalogDocuments[Kind] extends Documents<infer T>
    ? DocumentQueries<T>
    : never;
};

export interface RatingRepository {
  /** Keeps the rating, unless a later version is kept or there is no such product; returns whether it is kept. */
  save(rating: ProductRating): Promise<boolean>;
}

export interface ProductRepository {
  find(productId: string): Promise<Product | undefined>;
  /** Those that exist, by ID. */
  findAll(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>>;
  /** The product that owns each SKU in use. */
  ownersOf(skus: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Inserts version 1, or replaces the previous version; throws `VersionConflict` if that does not exist. */
  save(product: Product): Promise<void>;
  /** Throws `VersionConflict` if it is not at this version. */
  remove(product: Product): Promise<void>;
}
