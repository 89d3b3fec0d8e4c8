import type { Product } from './product.ts';
import type { ProductRating } from './rating.ts';

/** Integration events. */
export type Publication =
  /** The product after the change. */
  | { readonly type: 'product.created' | 'product.updated'; readonly product: Product }
  | {
      readonly type: 'product.deleted';
      readonly productId: string;
      readonly version: number;
      readonly at: Date;
    }
  | { readonly type: 'product.rated'; readonly rating: ProductRating }
  | {
      readonly type: 'product.viewed';
      readonly productId: string;
      readonly views: number;
      readonly at: Date;
    };

/** The product's first version is its creation. */
export const productChanged = (product: Product): Publication => ({
  type: product.version === 1 ? 'product.created' : 'product.updated',
  product,
});

/** A deletion is one version after the last state. */
export const productDeleted = ({ productId, version }: Product, at: Date): Publication => ({
  type: 'product.deleted',
  productId,
  version: version + 1,
  at,
});
