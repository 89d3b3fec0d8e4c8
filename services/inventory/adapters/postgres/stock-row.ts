import type { Shelf, StockItem, Variant } from '../../core/domain/stock.ts';

/** Columns of a shelf joined with one of its variants, as `s` and `v`. */
export const STOCK_COLUMNS = `v.variant_id, v.product_id, v.withdrawn, s.sku, s.stock_count, s.reserved_count,
  s.low_stock_threshold, s.version`;

export interface VariantRow {
  readonly variant_id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly withdrawn: boolean;
}

export interface ShelfRow {
  readonly sku: string;
  readonly stock_count: number;
  readonly reserved_count: number;
  readonly low_stock_threshold: number;
  readonly version: number;
}

export interface StockRow extends VariantRow, ShelfRow {}

export const toShelf = (row: ShelfRow): Shelf => ({
  sku: row.sku,
  stock: row.stock_count,
  reserved: row.reserved_count,
  lowStockThreshold: row.low_stock_threshold,
  version: row.version,
});

export const toVariant = (row: VariantRow): Variant => ({
  variantId: row.variant_id,
  productId: row.product_id,
  sku: row.sku,
  withdrawn: row.withdrawn,
});

export const toStockItem = (row: StockRow): StockItem => ({ ...toShelf(row), ...toVariant(row) });
