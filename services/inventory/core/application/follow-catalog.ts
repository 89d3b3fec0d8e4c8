import { followProduct, type ProductNews } from '../domain/assortment.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';

/** Keeps a stock row per variant of the catalog. News older than what is known change nothing. */
export const makeFollowCatalog =
  (lowStockThreshold: number) =>
  async ({ products, stock }: InventoryTx, news: readonly ProductNews[]): Promise<void> => {
    const productIds = news.map(({ productId }) => productId);
    const versions = new Map(await products.lock(productIds));
    await stock.lock({ productIds });
    for (const product of news) {
      const { productId, version } = product;
      if (version <= (versions.get(productId) ?? 0)) continue;
      const known = await stock.lock({ productIds: [productId] });
      const { added, withdrawn } = followProduct(product, known, lowStockThreshold);
      await stock.add(added);
      await stock.save(withdrawn);
      versions.set(productId, version);
    }
    await products.save(versions);
  };
