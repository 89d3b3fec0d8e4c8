import type { components } from '#openapi/generated/inventory.ts';
import type { makeAdjustStockBatch, SkuAdjustment } from '../../core/application/adjust-stock-batch.ts';
import type { Count, CountChange, CountOutcome } from '../../core/application/change-counts.ts';
import type { ThresholdChange, ThresholdOutcome } from '../../core/application/change-thresholds.ts';
import type { Unknown } from '../../core/application/targets.ts';
import { availableOf, statusOf, type StockItem } from '../../core/domain/stock.ts';
import type { Target } from '../../core/domain/stock-change.ts';
import type { LabelledItem, LoggedAdjustment, OpenReservation } from '../../core/ports/stock-queries.ts';
import type { Page } from '#kernel/pages.ts';

type Schemas = components['schemas'];

export const fromAvailability = (item: StockItem): Schemas['Availability'] => ({
  variant_id: item.variantId,
  sku: item.sku,
  available: availableOf(item),
  status: statusOf(item),
});

export const fromLevel = (item: StockItem): Schemas['StockLevel'] => ({
  variant_id: item.variantId,
  available: availableOf(item),
});

export const fromStockItem = (item: StockItem): Schemas['StockItem'] => ({
  variant_id: item.variantId,
  product_id: item.productId,
  sku: item.sku,
  stock_count: item.stock,
  reserved_count: item.reserved,
  available: availableOf(item),
  low_stock_threshold: item.lowStockThreshold,
  status: statusOf(item),
  withdrawn: item.withdrawn,
  version: item.version,
});

export const fromLabelledItem = ({ label, ...item }: LabelledItem): Schemas['StockItem'] => ({
  ...fromStockItem(item),
  ...(label && {
    name: label.name,
    attributes: { ...label.attributes },
    category_path: [...label.categoryPath],
    ...(label.image === undefined ? {} : { image: label.image }),
  }),
});

export const fromAdjustment = (adjustment: LoggedAdjustment): Schemas['Adjustment'] => ({
  adjustment_id: adjustment.adjustmentId,
  variant_id: adjustment.variantId,
  sku: adjustment.sku,
  ...(adjustment.name === undefined ? {} : { name: adjustment.name }),
  delta: adjustment.delta,
  reason: adjustment.reason,
  adjusted_by: adjustment.adjustedBy,
  ...(adjustment.orderId === undefined ? {} : { order_id: adjustment.orderId }),
  stock_count: adjustment.stock,
  adjusted_at: adjustment.adjustedAt.toISOString(),
});

export const toSkuAdjustment = (said: Schemas['SkuAdjustment']): SkuAdjustment => ({
  adjustmentId: said.adjustment_id.toLowerCase(),
  sku: said.sku,
  delta: said.delta,
  reason: said.reason,
  adjustedBy: said.adjusted_by,
});

type Outcome = Awaited<ReturnType<ReturnType<typeof makeAdjustStockBatch>>>[number];

export const fromOutcome = (outcome: Outcome): Schemas['SkuAdjustmentOutcome'] =>
  outcome.ok
    ? { outcome: 'adjusted', stock_count: outcome.value.stock }
    : { outcome: 'refused', code: outcome.error.code, detail: outcome.error.detail };

const toTarget = (row: { readonly sku: string } | { readonly variant_id: string }): Target =>
  'variant_id' in row ? { variantId: row.variant_id.toLowerCase() } : { sku: row.sku };

const toCount = (row: { readonly set: number } | { readonly add: number }): Count =>
  'set' in row ? { set: row.set } : { add: row.add };

export const toCountChange = (row: Schemas['CountChange'], reason: string): CountChange => ({
  target: toTarget(row),
  count: toCount(row),
  expected: { version: row.expected_version, value: row.expected_count },
  reason: row.reason ?? reason,
});

export const toThresholdChange = (row: Schemas['ThresholdChange']): ThresholdChange => ({
  target: toTarget(row),
  lowStockThreshold: row.low_stock_threshold,
  expected: { version: row.expected_version, value: row.expected_threshold },
});

export const fromChange = (
  outcome: CountOutcome | ThresholdOutcome | Unknown,
): Schemas['StockChangeResult'] => {
  const { status } = outcome;
  if (status === 'unknown') return { status };
  const current = fromStockItem(outcome.item);
  if (status === 'refused') return { status, current, code: outcome.why.code, detail: outcome.why.detail };
  return 'adjustmentId' in outcome
    ? { status, current, adjustment_id: outcome.adjustmentId }
    : { status, current };
};

export const fromReservation = (reservation: OpenReservation): Schemas['Reservation'] => ({
  order_id: reservation.orderId,
  attempt: reservation.attempt,
  quantity: reservation.quantity,
});

export const fromPage = <T, Item>({ items, next }: Page<T>, fromItem: (item: T) => Item) => ({
  items: items.map(fromItem),
  ...(next === undefined ? {} : { next_cursor: next }),
});
