import type { InJson } from '#kernel/json.ts';
import type { Product, Variant } from './product.ts';

type StoredVariant = Omit<Variant, 'listPrices'> & Partial<Pick<Variant, 'listPrices'>>;

/** Products that earlier releases stored have neither former variants nor prices in lists. */
export type ProductDocument = InJson<
  Omit<Product, 'former' | 'variants'> &
    Partial<Pick<Product, 'former'>> & { readonly variants: readonly StoredVariant[] }
>;

export const fromDocument = ({ former = [], variants, ...document }: ProductDocument): Product => ({
  ...document,
  variants: variants.map((variant) => ({ listPrices: [], ...variant })),
  former,
  createdAt: new Date(document.createdAt),
  updatedAt: new Date(document.updatedAt),
});
