import type { InJson } from '#kernel/json.ts';
import { UNFILED, type Product, type Variant } from './product.ts';

type StoredVariant = Omit<Variant, 'listPrices'> & Partial<Pick<Variant, 'listPrices'>>;

/** Fields that products of earlier releases were stored without, as their variants were without prices in lists. */
type Newer = 'former' | 'status' | keyof typeof UNFILED;

export type ProductDocument = InJson<
  Omit<Product, Newer | 'variants'> &
    Partial<Pick<Product, Newer>> & { readonly variants: readonly StoredVariant[] }
>;

export const fromDocument = (document: ProductDocument): Product => {
  const { variants, publishAt, unpublishAt, deletedAt, ...rest } = document;
  return {
    former: [],
    status: 'published',
    ...UNFILED,
    ...rest,
    variants: variants.map((variant) => ({ listPrices: [], ...variant })),
    ...(publishAt !== undefined && { publishAt: new Date(publishAt) }),
    ...(unpublishAt !== undefined && { unpublishAt: new Date(unpublishAt) }),
    ...(deletedAt !== undefined && { deletedAt: new Date(deletedAt) }),
    createdAt: new Date(document.createdAt),
    updatedAt: new Date(document.updatedAt),
  };
};
