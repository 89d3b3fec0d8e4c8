import type { ToWire } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { productChanged, productDeleted, type Publication } from '../domain/events.ts';
import { dueAtOf } from '../domain/due.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import type { ProductQueries } from '../ports/product-queries.ts';

const BATCH = 100;

/**
 * Saves products that are due as new versions, so that lists and other services show what holds now, and purges those whose time
 * in the trash is over. One that fails does not keep the others waiting.
 * @throws the first failure, at the end
 */
export const makeSweepDueProducts = (
  unitOfWork: UnitOfWork<Pick<CatalogTx, 'products' | 'outbox'>>,
  queries: Pick<ProductQueries, 'select'>,
  toWire: ToWire<Publication>,
) => {
  const settle = (productId: string, now: Date): Promise<void> =>
    unitOfWork.run(async ({ products, outbox }) => {
      const product = await products.find(productId);
      const dueAt = product && dueAtOf(product);
      if (!product || !dueAt || dueAt > now) return; // another instance was faster
      if (product.deletedAt) {
        await products.remove(product);
        await outbox.add(toWire(productDeleted(product, now)));
        return;
      }
      const current = { ...product, version: product.version + 1, updatedAt: now };
      await products.save(current);
      await outbox.add(toWire(productChanged(current)));
    });

  return async (now: Date): Promise<void> => {
    const failures: unknown[] = [];
    for (let after: string | undefined, isDone = false; !isDone;) {
      const due: readonly string[] = await queries.select({ dueBy: now }, after, BATCH);
      for (const productId of due)
        await settle(productId, now).catch((error: unknown) => failures.push(error));
      after = due.at(-1);
      isDone = due.length < BATCH;
    }
    if (failures.length > 0) throw failures[0];
  };
};
