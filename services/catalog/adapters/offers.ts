import { pricesAt } from '../core/domain/price.ts';
import { nameOfVariant, type Product } from '../core/domain/product.ts';
import type { Category, Offer } from '../core/ports/product-queries.ts';

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

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

/** Counts products by category and subcategory, sorted by name. */
export const categoriesOf = (products: readonly Pick<Product, 'category' | 'subcategory'>[]): Category[] =>
  [...Map.groupBy(products, ({ category }) => category)]
    .map(([name, inside]) => ({
      name,
      products: inside.length,
      subcategories: [...Map.groupBy(inside, ({ subcategory }) => subcategory)]
        .map(([sub, same]) => ({ name: sub, products: same.length }))
        .sort(byName),
    }))
    .sort(byName);
