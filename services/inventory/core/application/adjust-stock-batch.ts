import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { Adjustment, BelowReserved } from '../domain/adjustment.ts';
import type { Publication } from '../domain/events.ts';
import { currentVariant, itemOf } from '../domain/stock.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';
import { adjustItem, saveAdjusted, type AdjustedItem, type AdjustmentOrder } from './adjust-item.ts';

/** An adjustment of the stock of a SKU; the caller chooses its ID. */
export interface SkuAdjustment extends AdjustmentOrder {
  readonly sku: string;
}

type SkuNotFound = Refusal<'SKU_NOT_FOUND'>;

const SKU_NOT_FOUND = refuse('SKU_NOT_FOUND', 'The inventory has no such SKU.');

/**
 * Makes adjustments in one unit of work, each on its own: a refused one does not affect the others. One that was made before
 * is returned as it was made. The outcomes are in the same order.
 */
export const makeAdjustStockBatch =
  (unitOfWork: UnitOfWork<InventoryTx>, clock: Clock, toWire: ToWire<Publication>) =>
  (orders: readonly SkuAdjustment[]): Promise<Result<Adjustment, SkuNotFound | BelowReserved>[]> =>
    unitOfWork.run(async (tx) => {
      const { shelves, variants } = await tx.stock.lock({ skus: orders.map(({ sku }) => sku) });
      // After the lock, so that what a concurrent duplicate has made is found.
      const made = new Map(await tx.adjustments.find(orders.map(({ adjustmentId }) => adjustmentId)));
      const variantsOf = Map.groupBy(variants.values(), ({ sku }) => sku);
      const current = new Map(shelves);
      const now = clock.now();
      const adjusted: AdjustedItem[] = [];
      const outcomes = orders.map((order): Result<Adjustment, SkuNotFound | BelowReserved> => {
        const earlier = made.get(order.adjustmentId);
        if (earlier) return ok(earlier);
        const shelf = current.get(order.sku);
        const variant = currentVariant(variantsOf.get(order.sku) ?? []);
        if (!shelf || !variant) return SKU_NOT_FOUND;
        const decided = adjustItem(itemOf(shelf, variant), order, now);
        if (!decided.ok) return decided;
        const { item, adjustment } = decided.value;
        adjusted.push(decided.value);
        current.set(item.sku, item);
        made.set(adjustment.adjustmentId, adjustment);
        return ok(adjustment);
      });
      await saveAdjusted(tx, adjusted, now, toWire);
      return outcomes;
    });
