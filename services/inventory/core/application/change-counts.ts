import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { BelowReserved } from '../domain/adjustment.ts';
import type { Publication } from '../domain/events.ts';
import type { StockItem } from '../domain/stock.ts';
import { decideValue, isAsExpected, type Expected, type Target } from '../domain/stock-change.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';
import { adjustItem, saveAdjusted, type AdjustedItem } from './adjust-item.ts';
import { eachTarget, lockTargets, type Unknown } from './targets.ts';

/** Units to be in the warehouse, or to be added; negative if removed. */
export type Count = { readonly set: number } | { readonly add: number };

export interface CountChange {
  readonly target: Target;
  readonly count: Count;
  readonly expected: Expected;
  readonly reason: string;
}

/** `item` as it is afterwards, or as it stays. */
export type CountOutcome =
  | { readonly status: 'applied'; readonly item: StockItem; readonly adjustmentId: string }
  | { readonly status: 'unchanged' | 'conflict'; readonly item: StockItem }
  | { readonly status: 'refused'; readonly item: StockItem; readonly why: BelowReserved };

/**
 * Changes the units of many SKUs in one unit of work, each on its own, in order: one that is refused does not affect the others.
 * The outcomes are in the same order.
 * @param adjustedBy the user ID of the actor
 */
export const makeChangeCounts =
  (unitOfWork: UnitOfWork<InventoryTx>, ids: Ids, clock: Clock, toWire: ToWire<Publication>) =>
  (
    changes: readonly CountChange[],
    adjustedBy: string,
    key?: IdempotencyKey,
  ): Promise<Result<readonly (CountOutcome | Unknown)[], IdempotencyRefusal>> => {
    const recall = (kept: unknown) => kept as readonly (CountOutcome | Unknown)[]; // only this use case stores it
    return once(
      unitOfWork,
      key,
      recall,
      async (tx): Promise<Result<readonly (CountOutcome | Unknown)[], never>> => {
        const goods = await lockTargets(tx, changes);
        const now = clock.now();
        const adjusted: AdjustedItem[] = [];
        const outcomes = eachTarget(goods, changes, (item, change): CountOutcome => {
          const decided = decideCount(item, change);
          if (decided.status !== 'change') return { status: decided.status, item };
          const { delta } = decided;
          const order = { adjustmentId: ids.next(), delta, reason: change.reason, adjustedBy };
          const made = adjustItem(item, order, now);
          if (!made.ok) return { status: 'refused', item, why: made.error };
          adjusted.push(made.value);
          return { status: 'applied', item: made.value.item, adjustmentId: order.adjustmentId };
        });
        await saveAdjusted(tx, adjusted, now, toWire);
        return ok(outcomes);
      },
    );
  };

type Decided =
  { readonly status: 'unchanged' | 'conflict' } | { readonly status: 'change'; readonly delta: number };

const decideCount = (item: StockItem, { count, expected }: CountChange): Decided => {
  const { stock } = item;
  if ('add' in count)
    return isAsExpected(item, stock, expected)
      ? { status: 'change', delta: count.add }
      : { status: 'conflict' };
  const status = decideValue(item, stock, count.set, expected);
  return status === 'change' ? { status, delta: count.set - stock } : { status };
};
