import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { Product } from '../domain/product.ts';

/** The catalog's unit of work. */
export interface CatalogTx extends BaseTx {
  readonly products: ProductRepository;
}

export interface ProductRepository {
  find(productId: string): Promise<Product | undefined>;
  /** Which product owns each of the SKUs that are taken. */
  ownersOf(skus: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Inserts version 1, else replaces the version before; throws `VersionConflict` when that is not there. */
  save(product: Product): Promise<void>;
  /** Throws `VersionConflict` when it is not at this version. */
  remove(product: Product): Promise<void>;
}
