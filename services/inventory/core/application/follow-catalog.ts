import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { followProduct, type ProductNews } from '../domain/assortment.ts';
import { countsOf, type Publication } from '../domain/events.ts';
import { isAvailable, itemOf } from '../domain/stock.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';

/** Keeps a shelf per SKU of the catalog, which variants are on sale, and what they are called. Locks products before stock: see `InventoryTx`. */
export const makeFollowCatalog =
  (lowStockThreshold: number, clock: Clock, toWire: ToWire<Publication>) =>
  async ({ products, stock, labels, outbox }: InventoryTx, news: readonly ProductNews[]): Promise<void> => {
    const versions = new Map(await products.lock(news.map(({ productId }) => productId)));
    await stock.lock(selectionOf(news));
    for (const product of news) {
      const { productId, version } = product;
      const isNewest = version > (versions.get(productId) ?? 0);
      const known = await stock.lock(selectionOf([product]));
      const assortment = followProduct(product, known, isNewest, lowStockThreshold);
      const { added } = assortment;
      await stock.save(added);
      for (const shelf of added.filter(isAvailable)) {
        const event = { type: 'availability_changed', shelf } as const;
        await outbox.add(toWire({ type: 'inventory.availability_changed', event }));
      }
      const counted = added.flatMap((shelf) => {
        const variant = assortment.variants.find(({ sku }) => sku === shelf.sku);
        return variant ? [itemOf(shelf, variant)] : [];
      });
      for (const event of countsOf(counted, clock.now()))
        await outbox.add(toWire({ type: 'inventory.stock_changed', event }));
      await stock.saveVariants(assortment.variants);
      await labels.save(assortment.labels);
      if (isNewest) versions.set(productId, version);
    }
    await products.save(versions);
  };

const selectionOf = (news: readonly ProductNews[]) => ({
  productIds: news.map(({ productId }) => productId),
  skus: news.flatMap(({ variants }) => variants.map(({ sku }) => sku)),
});
