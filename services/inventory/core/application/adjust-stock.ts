import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { once, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { BelowReserved } from '../domain/adjustment.ts';
import type { Publication } from '../domain/events.ts';
import { findItem } from '../domain/stock.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';
import { adjustItem, saveAdjusted } from './adjust-item.ts';

export interface AdjustStock {
  readonly variantId: string;
  /** Units added; negative if removed. */
  readonly delta: number;
  readonly reason: string;
  /** The user id of the actor. */
  readonly adjustedBy: string;
}

export type VariantNotFound = Refusal<'VARIANT_NOT_FOUND'>;
type Refused = VariantNotFound | BelowReserved;

export const VARIANT_NOT_FOUND = refuse('VARIANT_NOT_FOUND', 'There is no such variant.');

/** Returns the adjustment's id. */
export const makeAdjustStock =
  (unitOfWork: UnitOfWork<InventoryTx>, ids: Ids, clock: Clock, toWire: ToWire<Publication>) =>
  (
    { variantId, delta, reason, adjustedBy }: AdjustStock,
    key?: IdempotencyKey,
  ): Promise<Result<string, Refused | IdempotencyRefusal>> =>
    once(unitOfWork, key, String, async (tx): Promise<Result<string, Refused>> => {
      const item = findItem(await tx.stock.lock({ variantIds: [variantId] }), variantId);
      if (!item) return VARIANT_NOT_FOUND;
      const order = { adjustmentId: ids.next(), delta, reason, adjustedBy };
      const now = clock.now();
      const adjusted = adjustItem(item, order, now);
      if (!adjusted.ok) return adjusted;
      await saveAdjusted(tx, [adjusted.value], now, toWire);
      return ok(order.adjustmentId);
    });
