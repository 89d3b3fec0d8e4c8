import type { Picture } from './pictures.ts';
import type { Product } from './product.ts';
import type { ProductRating } from './rating.ts';

/** Pages of the shop that may show a picture of their own. */
export type PageKind = 'category' | 'collection';

/** A page with its picture, if it shows one. */
export interface PicturedPage {
  readonly id: string;
  readonly version: number;
  readonly picture?: Picture | undefined;
}

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
  | { readonly type: 'page.picture_changed'; readonly kind: PageKind; readonly page: PicturedPage }
  | { readonly type: 'product.rated'; readonly rating: ProductRating };

/** The product's first version is its creation. */
export const productChanged = (product: Product): Publication => ({
  type: product.version === 1 ? 'product.created' : 'product.updated',
  product,
});

export const pagePictured = (kind: PageKind, page: PicturedPage): Publication => ({
  type: 'page.picture_changed',
  kind,
  page,
});

/** A deletion is one version after the last state. */
export const productDeleted = ({ productId, version }: Product, at: Date): Publication => ({
  type: 'product.deleted',
  productId,
  version: version + 1,
  at,
});
