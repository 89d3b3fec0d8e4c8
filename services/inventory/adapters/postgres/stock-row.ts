import type { StockItem } from '../../core/domain/stock.ts';

export const STOCK_COLUMNS =
  'variant_id, product_id, sku, stock_count, reserved_count, low_stock_threshold, withdrawn, version';

export interface StockRow {
  readonly variant_id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly stock_count: number;
  readonly reserved_count: number;
  readonly low_stock_threshold: number;
  readonly withdrawn: boolean;
  readonly version: number;
}

export const toStockItem = (row: StockRow): StockItem => ({
  variantId: row.variant_id,
  productId: row.product_id,
  sku: row.sku,
  stock: row.stock_count,
  reserved: row.reserved_count,
  lowStockThreshold: row.low_stock_threshold,
  withdrawn: row.withdrawn,
  version: row.version,
});
