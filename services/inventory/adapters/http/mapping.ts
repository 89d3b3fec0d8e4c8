import type { components } from '#openapi/generated/inventory.ts';
import type { makeAdjustStockBatch, SkuAdjustment } from '../../core/application/adjust-stock-batch.ts';
import type { Adjustment } from '../../core/domain/adjustment.ts';
import { availableOf, statusOf, type StockItem } from '../../core/domain/stock.ts';
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

export const fromAdjustment = (adjustment: Adjustment): Schemas['Adjustment'] => ({
  adjustment_id: adjustment.adjustmentId,
  variant_id: adjustment.variantId,
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

export const fromPage = <T, Item>({ items, next }: Page<T>, fromItem: (item: T) => Item) => ({
  items: items.map(fromItem),
  ...(next === undefined ? {} : { next_cursor: next }),
});
