import type { StockItem } from './stock.ts';

/** What the catalog says about a product; one that was deleted has no variants. */
export interface ProductNews {
  readonly productId: string;
  readonly version: number;
  readonly variants: readonly {
    readonly variantId: string;
    readonly sku: string;
    /** Units that the variant starts with; of no meaning for one that is known. */
    readonly initialStock: number;
  }[];
}

/** Stock rows that news make or change. */
export interface Assortment {
  readonly added: readonly StockItem[];
  readonly withdrawn: readonly StockItem[];
}

/** Variants that are new get their first stock; those that the product does not have any more are withdrawn. */
export const followProduct = (
  news: ProductNews,
  known: readonly StockItem[],
  lowStockThreshold: number,
): Assortment => {
  const { productId, variants } = news;
  const knownIds = new Set(known.map(({ variantId }) => variantId));
  const listedIds = new Set(variants.map(({ variantId }) => variantId));
  return {
    added: variants
      .filter(({ variantId }) => !knownIds.has(variantId))
      .map(({ variantId, sku, initialStock }) => ({
        variantId,
        productId,
        sku,
        stock: initialStock,
        reserved: 0,
        lowStockThreshold,
        withdrawn: false,
        version: 1,
      })),
    withdrawn: known
      .filter(({ variantId, withdrawn }) => !withdrawn && !listedIds.has(variantId))
      .map((item) => ({ ...item, withdrawn: true, version: item.version + 1 })),
  };
};
