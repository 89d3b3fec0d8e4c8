import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { findItem, type StockItem } from '../domain/stock.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';
import { VARIANT_NOT_FOUND, type VariantNotFound } from './adjust-stock.ts';

/** @param lowStockThreshold stock is low at this number of available units or below */
export const makeSetThreshold =
  (unitOfWork: UnitOfWork<InventoryTx>) =>
  (variantId: string, lowStockThreshold: number): Promise<Result<StockItem, VariantNotFound>> =>
    unitOfWork.run(async ({ stock }) => {
      const item = findItem(await stock.lock({ variantIds: [variantId] }), variantId);
      if (!item) return VARIANT_NOT_FOUND;
      const changed = { ...item, lowStockThreshold, version: item.version + 1 };
      await stock.save([changed]);
      return ok(changed);
    });
