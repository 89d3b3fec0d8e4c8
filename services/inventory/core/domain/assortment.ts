import type { Label } from './label.ts';
import type { Goods, Shelf, Variant } from './stock.ts';

/** A product event; a deleted product has no variants. */
export interface ProductNews {
  readonly productId: string;
  readonly version: number;
  readonly variants: readonly VariantNews[];
}

export interface VariantNews extends Label {
  /** Initial stock of a new SKU; ignored for a known one. */
  readonly initialStock: number;
}

/** What a product event creates or changes. */
export interface Assortment {
  readonly added: readonly Shelf[];
  readonly variants: readonly Variant[];
  readonly labels: readonly Label[];
}

/**
 * A new SKU gets a shelf with its initial stock, even from an outdated event: its goods exist, whether or not the product
 * still has them. Only the newest version of a product determines what is on sale and what it is called, so the order in
 * which events arrive does not matter. A variant that only outdated events have is called as they say.
 * @param isNewest true if no newer event of this product was handled
 */
export const followProduct = (
  news: ProductNews,
  known: Goods,
  isNewest: boolean,
  lowStockThreshold: number,
): Assortment => {
  const { productId } = news;
  const named = new Map(
    news.variants.map(({ variantId, sku }) => [
      variantId,
      { variantId, productId, sku, withdrawn: !isNewest },
    ]),
  );
  const left = [...known.variants.values()]
    .filter((variant) => variant.productId === productId && !named.has(variant.variantId))
    .map((variant) => ({ ...variant, withdrawn: true }));
  const isChanged = ({ variantId, withdrawn }: Variant): boolean => {
    const before = known.variants.get(variantId);
    return before === undefined || (isNewest && before.withdrawn !== withdrawn);
  };
  return {
    added: news.variants
      .filter(({ sku }) => !known.shelves.has(sku))
      .map(({ sku, initialStock }) => ({
        sku,
        stock: initialStock,
        reserved: 0,
        lowStockThreshold,
        version: 1,
      })),
    variants: [...named.values(), ...left].filter(isChanged),
    labels: news.variants
      .filter(({ variantId }) => isNewest || !known.variants.has(variantId))
      .map(({ initialStock: _, ...label }) => label),
  };
};
