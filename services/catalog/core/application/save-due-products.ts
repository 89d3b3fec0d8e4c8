import type { ToWire } from '#kernel/events.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { productChanged, type Publication } from '../domain/events.ts';
import { dueAtOf } from '../domain/due.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import type { ProductQueries } from '../ports/product-queries.ts';

const BATCH = 100;

/**
 * Saves products that are due as new versions, so that lists and other services show what holds now. One that fails does not
 * keep the others waiting.
 * @throws the first failure, when all others are saved
 */
export const makeSaveDueProducts = (
  unitOfWork: UnitOfWork<Pick<CatalogTx, 'products' | 'outbox'>>,
  queries: Pick<ProductQueries, 'select'>,
  toWire: ToWire<Publication>,
) => {
  const saveIfDue = (productId: string, now: Date): Promise<void> =>
    unitOfWork.run(async ({ products, outbox }) => {
      const product = await products.find(productId);
      const dueAt = product && dueAtOf(product);
      if (!product || !dueAt || dueAt > now) return; // another instance was faster
      const current = { ...product, version: product.version + 1, updatedAt: now };
      await products.save(current);
      await outbox.add(toWire(productChanged(current)));
    });

  return async (now: Date): Promise<void> => {
    const failures: unknown[] = [];
    for (let after: string | undefined, isDone = false; !isDone;) {
      const due: readonly string[] = await queries.select({ dueBy: now }, after, BATCH);
      for (const productId of due)
        await saveIfDue(productId, now).catch((error: unknown) => failures.push(error));
      after = due.at(-1);
      isDone = due.length < BATCH;
    }
    if (failures.length > 0) throw failures[0];
  };
};
