import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { Adjustment } from '../domain/adjustment.ts';
import type { StockItem } from '../domain/stock.ts';

/** Reads committed state. */
export interface StockQueries {
  /** All variants that the product ever had, by SKU, each with the units of its SKU. */
  ofProduct(productId: string): Promise<StockItem[]>;
  /** The known ones of these variants, in no particular order. */
  ofVariants(variantIds: readonly string[]): Promise<StockItem[]>;
  /** One item per SKU, by SKU: the variant on sale, or else the newest. */
  page(request: StockPageRequest): Promise<PageResult<StockItem>>;
  adjustment(adjustmentId: string): Promise<Adjustment | undefined>;
  /** Adjustments of the variant's SKU, under any of its variants. Newest first. */
  adjustments(variantId: string, request: PageRequest): Promise<PageResult<Adjustment>>;
}

export interface StockPageRequest extends PageRequest {
  /** Only variants on sale, at their threshold or below. */
  readonly low: boolean;
}

/** Names of the lists, to which cursors are bound. */
export const LISTS = {
  stock: (low: boolean): string => (low ? 'stock:low' : 'stock'),
  adjustments: (variantId: string): string => `adjustments:${variantId}`,
};
