import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { Recent } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import type { Adjustment } from '../../core/domain/adjustment.ts';
import { LISTS, type StockQueries } from '../../core/ports/stock-queries.ts';
import { itemOf, type StockItem } from '../../core/domain/stock.ts';
import { SHELVES, VARIANTS } from './stock-repository.postgres.ts';
import {
  STOCK_COLUMNS,
  toShelf,
  toStockItem,
  toVariant,
  type ShelfRow,
  type StockRow,
  type VariantRow,
} from './stock-row.ts';

interface AdjustmentRow {
  readonly adjustment_id: string;
  readonly variant_id: string;
  readonly delta: number;
  readonly reason: string;
  readonly adjusted_by: string;
  readonly order_id: string | null;
  readonly stock_count: number;
  readonly adjusted_at: Date;
}

const ADJUSTMENT_COLUMNS =
  'adjustment_id, variant_id, delta, reason, adjusted_by, order_id, stock_count, adjusted_at';

const toAdjustment = (row: AdjustmentRow): Adjustment => ({
  adjustmentId: row.adjustment_id,
  variantId: row.variant_id,
  delta: row.delta,
  reason: row.reason,
  adjustedBy: row.adjusted_by,
  orderId: row.order_id ?? undefined,
  stock: row.stock_count,
  adjustedAt: row.adjusted_at,
});

/** Items from the memory of the process, which has most of those that are asked for often. */
const recall = async (sql: Sql, recent: Recent, variantIds: readonly string[]): Promise<StockItem[]> => {
  const variants = await recent.through(VARIANTS, variantIds, async (ids) => {
    const rows = await sql.query<VariantRow>(
      'select variant_id, product_id, sku, withdrawn from inventory.variants where variant_id = any($1::uuid[])',
      [ids],
    );
    return new Map(rows.map((row) => [row.variant_id, toVariant(row)]));
  });
  const skus = [...new Set([...variants.values()].map(({ sku }) => sku))];
  const shelves = await recent.through(SHELVES, skus, async (unknown) => {
    const rows = await sql.query<ShelfRow>(
      `select sku, stock_count, reserved_count, low_stock_threshold, version from inventory.stock
       where sku = any($1::text[])`,
      [unknown],
    );
    return new Map(rows.map((row) => [row.sku, toShelf(row)]));
  });
  return [...variants.values()].flatMap((variant) => {
    const shelf = shelves.get(variant.sku);
    return shelf ? [itemOf(shelf, variant)] : [];
  });
};

/** @param recent absent where another process may change stock */
export const postgresStockQueries = (sql: Sql, recent?: Recent): StockQueries => ({
  ofProduct: async (productId) => {
    const rows = await sql.query<StockRow>(
      `select ${STOCK_COLUMNS} from inventory.stock s join inventory.variants v using (sku)
       where v.product_id = $1 order by s.sku, v.variant_id`,
      [productId],
    );
    return rows.map(toStockItem);
  },
  ofVariants: async (variantIds) => {
    if (recent) return recall(sql, recent, variantIds);
    const rows = await sql.query<StockRow>(
      `select ${STOCK_COLUMNS} from inventory.stock s join inventory.variants v using (sku)
       where v.variant_id = any($1::uuid[])`,
      [variantIds],
    );
    return rows.map(toStockItem);
  },
  page: async (request) => {
    const list = LISTS.stock(request.low);
    const after = positionOf(request, list, 'text');
    if (!after.ok) return after;
    const rows = await sql.query<StockRow>(
      `select ${STOCK_COLUMNS} from inventory.stock s cross join lateral (
         select * from inventory.variants where sku = s.sku order by withdrawn, variant_id desc limit 1) v
       where ($2::text is null or s.sku > $2)
         and (not $3 or (not v.withdrawn and s.stock_count - s.reserved_count <= s.low_stock_threshold))
       order by s.sku limit $1`,
      [request.limit + 1, after.value?.value ?? null, request.low],
    );
    return pageOf(rows.map(toStockItem), request.limit, ({ sku, variantId }) => ({
      list,
      value: sku,
      id: variantId,
    }));
  },
  adjustment: async (adjustmentId) => {
    const [row] = await sql.query<AdjustmentRow>(
      `select ${ADJUSTMENT_COLUMNS} from inventory.adjustments where adjustment_id = $1`,
      [adjustmentId],
    );
    return row && toAdjustment(row);
  },
  adjustments: async (variantId, request) => {
    const list = LISTS.adjustments(variantId);
    const after = positionOf(request, list, 'time');
    if (!after.ok) return after;
    const rows = await sql.query<AdjustmentRow>(
      `select ${ADJUSTMENT_COLUMNS} from inventory.adjustments
       where variant_id in (select variant_id from inventory.variants
                            where sku = (select sku from inventory.variants where variant_id = $2))
         and ($3::timestamptz is null or (adjusted_at, adjustment_id) < ($3, $4::uuid))
       order by adjusted_at desc, adjustment_id desc limit $1`,
      [request.limit + 1, variantId, after.value?.value ?? null, after.value?.id ?? null],
    );
    return pageOf(rows.map(toAdjustment), request.limit, ({ adjustedAt, adjustmentId }) => ({
      list,
      value: adjustedAt.toISOString(),
      id: adjustmentId,
    }));
  },
});
