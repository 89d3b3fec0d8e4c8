import { pricesAt } from '../core/domain/price.ts';
import { nameOfVariant, type Product } from '../core/domain/product.ts';
import type { Offer } from '../core/ports/product-queries.ts';

/** The offers of the requested variants of these products at a time. */
export const offersOf = (products: readonly Product[], variantIds: readonly string[], at: Date): Offer[] => {
  const wanted = new Set(variantIds);
  return products.flatMap((product) =>
    product.variants
      .filter(({ variantId }) => wanted.has(variantId))
      .map((variant) => ({
        productId: product.productId,
        variantId: variant.variantId,
        sku: variant.sku,
        name: nameOfVariant(product, variant),
        image: variant.pictures[0]?.url,
        prices: pricesAt(variant, at),
      })),
  );
};

/** Numbers of products by their own category. */
export const countByCategory = (
  products: readonly Partial<Pick<Product, 'categoryIds'>>[],
): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const id of products.flatMap(({ categoryIds = [] }) => categoryIds.at(-1) ?? []))
    counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};
