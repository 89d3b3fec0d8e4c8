import { nameOf, type Principal } from '#adapters/auth/principal.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import { refuse } from '#kernel/result.ts';
import type { operations } from '#openapi/generated/inventory.ts';
import { VARIANT_NOT_FOUND, type makeAdjustStock } from '../../core/application/adjust-stock.ts';
import type { makeAdjustStockBatch } from '../../core/application/adjust-stock-batch.ts';
import type { makeChangeCounts } from '../../core/application/change-counts.ts';
import type { makeChangeThresholds } from '../../core/application/change-thresholds.ts';
import type { makeSetThreshold } from '../../core/application/set-threshold.ts';
import type { StockQueries } from '../../core/ports/stock-queries.ts';
import type { InventoryCode } from './errors.ts';
import {
  fromAdjustment,
  fromAvailability,
  fromChange,
  fromLabelledItem,
  fromLevel,
  fromOutcome,
  fromPage,
  fromReservation,
  fromStockItem,
  toCountChange,
  toSkuAdjustment,
  toThresholdChange,
} from './mapping.ts';

export interface InventoryUseCases {
  readonly adjustStock: ReturnType<typeof makeAdjustStock>;
  readonly adjustStockBatch: ReturnType<typeof makeAdjustStockBatch>;
  readonly changeCounts: ReturnType<typeof makeChangeCounts>;
  readonly changeThresholds: ReturnType<typeof makeChangeThresholds>;
  readonly setThreshold: ReturnType<typeof makeSetThreshold>;
  readonly queries: StockQueries;
}

const PRODUCT_NOT_FOUND = refuse('PRODUCT_NOT_FOUND', 'There is no such product.');

const actorOf = (principal: Principal): string =>
  principal.kind === 'user' ? principal.userId : nameOf(principal);

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
    const { limit = 24, cursor, low = false, q, category_id } = query;
    const categoryId = category_id?.toLowerCase();
    const page = await inventory.queries.page({ limit, cursor, low, q, categoryId });
    return page.ok ? { status: 200, body: fromPage(page.value, fromLabelledItem) } : page;
  },
  changeCounts: async ({ body, principal, idempotency }) => {
    const changes = body.items.map((row) => toCountChange(row, body.reason));
    const outcomes = await inventory.changeCounts(changes, actorOf(principal), idempotency);
    return outcomes.ok ? { status: 200, body: { items: outcomes.value.map(fromChange) } } : outcomes;
  },
  changeThresholds: async ({ body }) => {
    const outcomes = await inventory.changeThresholds(body.items.map(toThresholdChange));
    return { status: 200, body: { items: outcomes.map(fromChange) } };
  },
  listStockLog: async ({ query }) => {
    const { limit = 24, adjusted_by: adjustedBy, from, to, ...filter } = query;
    const page = await inventory.queries.log({
      ...filter,
      limit,
      adjustedBy,
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    });
    return page.ok ? { status: 200, body: fromPage(page.value, fromAdjustment) } : page;
  },
  listReservations: async ({ path, query }) => {
    const { limit = 24, cursor } = query;
    const [item] = await inventory.queries.ofVariants([path.variant_id]);
    if (!item) return VARIANT_NOT_FOUND;
    const page = await inventory.queries.reservations(item.variantId, { limit, cursor });
    return page.ok ? { status: 200, body: fromPage(page.value, fromReservation) } : page;
  },
  adjustStock: async ({ path, body, principal, idempotency }) => {
    const adjustedBy = actorOf(principal);
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
