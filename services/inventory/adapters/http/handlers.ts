import { nameOf } from '#adapters/auth/principal.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/inventory.ts';
import { VARIANT_NOT_FOUND, type makeAdjustStock } from '../../core/application/adjust-stock.ts';
import type { makeAdjustStockBatch } from '../../core/application/adjust-stock-batch.ts';
import type { makeSetThreshold } from '../../core/application/set-threshold.ts';
import type { StockQueries } from '../../core/ports/stock-queries.ts';
import type { InventoryCode } from './errors.ts';
import {
  fromAdjustment,
  fromAvailability,
  fromLevel,
  fromOutcome,
  fromPage,
  fromStockItem,
  toSkuAdjustment,
} from './mapping.ts';

export interface InventoryUseCases {
  readonly adjustStock: ReturnType<typeof makeAdjustStock>;
  readonly adjustStockBatch: ReturnType<typeof makeAdjustStockBatch>;
  readonly setThreshold: ReturnType<typeof makeSetThreshold>;
  readonly queries: StockQueries;
}

const PRODUCT_NOT_FOUND = refuse('PRODUCT_NOT_FOUND', 'There is no such product.');

export const makeHandlers = (inventory: InventoryUseCases): Handlers<operations, InventoryCode> => ({
  getAvailability: async ({ path }) => {
    const items = await inventory.queries.ofProduct(path.product_id);
    const sold = items.filter(({ withdrawn }) => !withdrawn);
    if (sold.length === 0) return PRODUCT_NOT_FOUND;
    return { status: 200, body: { product_id: path.product_id, items: sold.map(fromAvailability) } };
  },
  listAvailability: async ({ query }) => {
    const items = await inventory.queries.ofVariants(query.variant_ids);
    return { status: 200, body: { items: items.map(fromAvailability) } };
  },
  checkAvailability: async ({ body }) => {
    const items = await inventory.queries.ofVariants(body.variant_ids);
    return { status: 200, body: { items: items.map(fromLevel) } };
  },
  listStock: async ({ query }) => {
    const { limit = 24, cursor, low = false } = query;
    const page = await inventory.queries.page({ limit, cursor, low });
    return page.ok ? { status: 200, body: fromPage(page.value, fromStockItem) } : page;
  },
  adjustStock: async ({ path, body, principal, idempotency }) => {
    const adjustedBy = principal.kind === 'user' ? principal.userId : nameOf(principal);
    const adjusted = await inventory.adjustStock(
      { variantId: path.variant_id, ...body, adjustedBy },
      idempotency,
    );
    if (!adjusted.ok) return adjusted;
    const adjustment = await inventory.queries.adjustment(adjusted.value);
    if (!adjustment) throw new Error(`adjustment ${adjusted.value} is missing`);
    return { status: 201, body: fromAdjustment(adjustment) };
  },
  listAdjustments: async ({ path, query }) => {
    const { limit = 24, cursor } = query;
    const [item] = await inventory.queries.ofVariants([path.variant_id]);
    if (!item) return VARIANT_NOT_FOUND;
    const page = await inventory.queries.adjustments(path.variant_id, { limit, cursor });
    return page.ok ? { status: 200, body: fromPage(page.value, fromAdjustment) } : page;
  },
  adjustStockBatch: async ({ body }) => {
    const outcomes = await inventory.adjustStockBatch(body.adjustments.map(toSkuAdjustment));
    return { status: 200, body: { items: outcomes.map(fromOutcome) } };
  },
  setThreshold: async ({ path, body }) => {
    const item = await inventory.setThreshold(path.variant_id, body.low_stock_threshold);
    if (!item.ok) return item;
    return { status: 200, body: fromStockItem(item.value) };
  },
});
