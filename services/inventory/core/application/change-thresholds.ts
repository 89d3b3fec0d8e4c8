import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { StockItem } from '../domain/stock.ts';
import { decideValue, type Expected, type Target } from '../domain/stock-change.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';
import { eachTarget, lockTargets, type Unknown } from './targets.ts';

export interface ThresholdChange {
  readonly target: Target;
  /** Stock is low at this number of available units or below. */
  readonly lowStockThreshold: number;
  readonly expected: Expected;
}

/** `item` as it is afterwards, or as it stays. */
export interface ThresholdOutcome {
  readonly status: 'applied' | 'unchanged' | 'conflict';
  readonly item: StockItem;
}

/** Changes the thresholds of many SKUs in one unit of work, each on its own, in order. The outcomes are in the same order. */
export const makeChangeThresholds =
  (unitOfWork: UnitOfWork<InventoryTx>) =>
  (changes: readonly ThresholdChange[]): Promise<readonly (ThresholdOutcome | Unknown)[]> =>
    unitOfWork.run(async (tx) => {
      const goods = await lockTargets(tx, changes);
      const changed: StockItem[] = [];
      const outcomes = eachTarget(
        goods,
        changes,
        (before, { lowStockThreshold, expected }): ThresholdOutcome => {
          const status = decideValue(before, before.lowStockThreshold, lowStockThreshold, expected);
          if (status !== 'change') return { status, item: before };
          const item = { ...before, lowStockThreshold, version: before.version + 1 };
          changed.push(item);
          return { status: 'applied', item };
        },
      );
      await tx.stock.save(changed);
      return outcomes;
    });
