import type { Goods, Shelf, Variant } from './stock.ts';

/** What the catalog says about a product; one that was deleted has no variants. */
export interface ProductNews {
  readonly productId: string;
  readonly version: number;
  readonly variants: readonly {
    readonly variantId: string;
    readonly sku: string;
    /** Units that a SKU starts with; of no meaning for one that is known. */
    readonly initialStock: number;
  }[];
}

/** Shelves and variants that news make or change. */
export interface Assortment {
  readonly added: readonly Shelf[];
  readonly variants: readonly Variant[];
}

/**
 * A SKU that nobody has named before gets a shelf with its first stock, from old news, too: its goods are there, whether
 * or not the product still has them. What is sold is for the newest version of each product to say, so the order in
 * which products are heard of does not matter.
 * @param isNewest nothing newer has been heard of this product
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
  const isNews = ({ variantId, withdrawn }: Variant): boolean => {
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
    variants: [...named.values(), ...left].filter(isNews),
  };
};
