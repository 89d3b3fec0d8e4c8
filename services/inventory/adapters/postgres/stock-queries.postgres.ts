import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { Row } from '#adapters/postgres/columns.ts';
import type { Recent } from '#adapters/postgres/recent.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import { LISTS, type StockQueries } from '../../core/ports/stock-queries.ts';
import { itemOf, type StockItem } from '../../core/domain/stock.ts';
import { adjustments } from './records.postgres.ts';
import { SHELVES, VARIANTS } from './stock-repository.postgres.ts';
import { shelfTable, STOCK_COLUMNS, toStockItem, variantTable } from './stock-tables.ts';

/** Items from the memory of the process, which has most of those that are asked for often. */
const recall = async (sql: Sql, recent: Recent, variantIds: readonly string[]): Promise<StockItem[]> => {
  const variants = await recent.through(VARIANTS, variantIds, (ids) => variantTable.find(sql, ids));
  const skus = [...new Set([...variants.values()].map(({ sku }) => sku))];
  const shelves = await recent.through(SHELVES, skus, (unknown) => shelfTable.find(sql, unknown));
  return [...variants.values()].flatMap((variant) => {
    const shelf = shelves.get(variant.sku);
    return shelf ? [itemOf(shelf, variant)] : [];
  });
};

/** @param recent absent where another process may change stock */
export const postgresStockQueries = (sql: Sql, recent?: Recent): StockQueries => ({
  ofProduct: async (productId) => {
    const rows = await sql.query<Row>(
      `select ${STOCK_COLUMNS} from inventory.stock s join inventory.variants v using (sku)
       where v.product_id = $1 order by s.sku, v.variant_id`,
      [productId],
    );
    return rows.map(toStockItem);
  },
  ofVariants: async (variantIds) => {
    if (recent) return recall(sql, recent, variantIds);
    const rows = await sql.query<Row>(
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
    const rows = await sql.query<Row>(
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
    const [found] = await adjustments.select(sql, 'where adjustment_id = $1', [adjustmentId]);
    return found;
  },
  adjustments: async (variantId, request) => {
    const list = LISTS.adjustments(variantId);
    const after = positionOf(request, list, 'time');
    if (!after.ok) return after;
    const rows = await adjustments.select(
      sql,
      `where variant_id in (select variant_id from inventory.variants
                            where sku = (select sku from inventory.variants where variant_id = $2))
         and ($3::timestamptz is null or (adjusted_at, adjustment_id) < ($3, $4::uuid))
       order by adjusted_at desc, adjustment_id desc limit $1`,
      [request.limit + 1, variantId, after.value?.value ?? null, after.value?.id ?? null],
    );
    return pageOf(rows, request.limit, ({ adjustedAt, adjustmentId }) => ({
      list,
      value: adjustedAt.toISOString(),
      id: adjustmentId,
    }));
  },
});
