import type { ToWire } from '#kernel/events.ts';
import { ok, type Result } from '#kernel/result.ts';
import { adjust, type Adjustment, type BelowReserved } from '../domain/adjustment.ts';
import { countsOf, levelEvents, type LevelEvent, type Publication } from '../domain/events.ts';
import type { StockItem } from '../domain/stock.ts';
import type { InventoryTx } from '../ports/inventory-tx.ts';

export type AdjustmentOrder = Pick<Adjustment, 'adjustmentId' | 'delta' | 'reason' | 'adjustedBy'>;

/** An adjustment with the item after it and what is published about it. */
export interface AdjustedItem {
  readonly item: StockItem;
  readonly adjustment: Adjustment;
  readonly publish: readonly Publication[];
}

/** Decides an adjustment; stores nothing. */
export const adjustItem = (
  before: StockItem,
  order: AdjustmentOrder,
  now: Date,
): Result<AdjustedItem, BelowReserved> => {
  const adjusted = adjust(before, order.delta);
  if (!adjusted.ok) return adjusted;
  const { value: item } = adjusted;
  const { adjustmentId, delta, reason, adjustedBy } = order;
  const { variantId, stock } = item;
  return ok({
    item,
    adjustment: { adjustmentId, variantId, delta, reason, adjustedBy, stock, adjustedAt: now },
    publish: levelEvents(before, item).map(publicationOf),
  });
};

const publicationOf = (event: LevelEvent): Publication =>
  event.type === 'low_stock'
    ? { type: 'inventory.low_stock', event }
    : { type: 'inventory.availability_changed', event };

/** Stores adjustments in the order in which they were decided at `now`. */
export const saveAdjusted = async (
  { stock, adjustments, outbox }: InventoryTx,
  adjusted: readonly AdjustedItem[],
  now: Date,
  toWire: ToWire<Publication>,
): Promise<void> => {
  const items = adjusted.map(({ item }) => item);
  const counts = countsOf(items, now).map((event) => toWire({ type: 'inventory.stock_changed', event }));
  await stock.save(items);
  await adjustments.add(adjusted.map(({ adjustment }) => adjustment));
  await outbox.add(...adjusted.flatMap(({ publish }) => publish.map(toWire)), ...counts);
};
