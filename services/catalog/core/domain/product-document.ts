import type { InJson } from '#kernel/json.ts';
import { picturesAt, picturesOf } from './pictures.ts';
import { UNFILED, type Product, type Variant } from './product.ts';

/** Variants of earlier releases were stored without prices in lists, and with the URLs of their pictures. */
export interface StoredVariant
  extends Omit<Variant, 'listPrices' | 'pictures'>, Partial<Pick<Variant, 'listPrices' | 'pictures'>> {
  readonly images?: readonly string[];
}

/** Fields that products of earlier releases were stored without. */
type Newer = 'former' | 'status' | 'related' | keyof typeof UNFILED;

export const fromStored = ({ images = [], ...variant }: StoredVariant): Variant => ({
  listPrices: [],
  pictures: picturesOf(picturesAt(images)),
  ...variant,
});

export type ProductDocument = InJson<
  Omit<Product, Newer | 'variants'> &
    Partial<Pick<Product, Newer>> & { readonly variants: readonly StoredVariant[] }
>;

export const fromDocument = (document: ProductDocument): Product => {
  const { variants, publishAt, unpublishAt, deletedAt, ...rest } = document;
  return {
    former: [],
    status: 'published',
    related: [],
    ...UNFILED,
    ...rest,
    variants: variants.map(fromStored),
    ...(publishAt !== undefined && { publishAt: new Date(publishAt) }),
    ...(unpublishAt !== undefined && { unpublishAt: new Date(unpublishAt) }),
    ...(deletedAt !== undefined && { deletedAt: new Date(deletedAt) }),
    createdAt: new Date(document.createdAt),
    updatedAt: new Date(document.updatedAt),
  };
};
