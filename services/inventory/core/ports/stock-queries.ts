import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { Adjustment } from '../domain/adjustment.ts';
import type { StockItem } from '../domain/stock.ts';

/** Reads for people and services; they see what is committed. */
export interface StockQueries {
  /** All variants that the product ever had, by SKU. Each with the units of its SKU. */
  ofProduct(productId: string): Promise<StockItem[]>;
  /** Those of the variants that are known, in no order. */
  ofVariants(variantIds: readonly string[]): Promise<StockItem[]>;
  /** One item per SKU, by SKU: the variant that is sold, or else the newest. */
  page(request: StockPageRequest): Promise<PageResult<StockItem>>;
  adjustment(adjustmentId: string): Promise<Adjustment | undefined>;
  /** Of the variant's SKU, whichever variant they were made under. Newest first. */
  adjustments(variantId: string, request: PageRequest): Promise<PageResult<Adjustment>>;
}

export interface StockPageRequest extends PageRequest {
  /** Only what is sold and at its threshold or below. */
  readonly low: boolean;
}

/** Names of the lists, which cursors belong to. */
export const LISTS = {
  stock: (low: boolean): string => (low ? 'stock:low' : 'stock'),
  adjustments: (variantId: string): string => `adjustments:${variantId}`,
};
