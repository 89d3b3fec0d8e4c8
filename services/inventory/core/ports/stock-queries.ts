import type { Refusal, Result } from '#kernel/result.ts';
import type { Adjustment } from '../domain/adjustment.ts';
import type { StockItem } from '../domain/stock.ts';

/** Reads for people and services; they see what is committed. */
export interface StockQueries {
  /** All variants that the product ever had, by SKU. Each with the units of its SKU. */
  ofProduct(productId: string): Promise<StockItem[]>;
  /** Those of the variants that are known, in no order. */
  ofVariants(variantIds: readonly string[]): Promise<StockItem[]>;
  /** One item per SKU, by SKU: the variant that is sold, or else the newest. */
  page(wish: StockPageWish): Promise<PageResult<StockItem>>;
  adjustment(adjustmentId: string): Promise<Adjustment | undefined>;
  /** Of the variant's SKU, whichever variant they were made under. Newest first. */
  adjustments(variantId: string, wish: PageWish): Promise<PageResult<Adjustment>>;
}

export interface PageWish {
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
}

export interface StockPageWish extends PageWish {
  /** Only what is sold and at its threshold or below. */
  readonly low: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string | undefined;
}

export type PageResult<T> = Result<Page<T>, Refusal<'INVALID_CURSOR'>>;
