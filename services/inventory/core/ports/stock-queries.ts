import type { PageRequest, PageResult } from '#kernel/pages.ts';
import type { Adjustment } from '../domain/adjustment.ts';
import type { Label, LabelFilter } from '../domain/label.ts';
import type { StockItem } from '../domain/stock.ts';

/** Reads committed state. */
export interface StockQueries {
  /** All variants that the product ever had, by SKU, each with the units of its SKU. */
  ofProduct(productId: string): Promise<StockItem[]>;
  /** The known ones of these variants, in no particular order. */
  ofVariants(variantIds: readonly string[]): Promise<StockItem[]>;
  /** One item per SKU, by SKU: the variant on sale, or else the newest. */
  page(request: StockPageRequest): Promise<PageResult<LabelledItem>>;
  adjustment(adjustmentId: string): Promise<LoggedAdjustment | undefined>;
  /** Adjustments of the variant's SKU, under any of its variants. Newest first. */
  adjustments(variantId: string, request: PageRequest): Promise<PageResult<LoggedAdjustment>>;
  /** Adjustments of all SKUs. Newest first. */
  log(request: LogRequest): Promise<PageResult<LoggedAdjustment>>;
  /** What holds units of the variant's SKU now. The newest order first. */
  reservations(variantId: string, request: PageRequest): Promise<PageResult<OpenReservation>>;
}

export interface StockPageRequest extends PageRequest, LabelFilter {
  /** Only variants on sale, at their threshold or below. */
  readonly low: boolean;
}

export interface LabelledItem extends StockItem {
  readonly label?: Label | undefined;
}

/** An adjustment with its SKU, as the variant has it, and the variant's name. */
export interface LoggedAdjustment extends Adjustment {
  readonly sku: string;
  readonly name?: string | undefined;
}

/** Conditions that must all hold. */
export interface LogFilter {
  readonly sku?: string | undefined;
  /** Of goods that came back with an order, or by people. */
  readonly kind?: 'return' | 'correction' | undefined;
  /** Exactly. */
  readonly reason?: string | undefined;
  /** A user's ID, or `SYSTEM`. */
  readonly adjustedBy?: string | undefined;
  readonly from?: Date | undefined;
  /** Excluded. */
  readonly to?: Date | undefined;
}

export interface LogRequest extends PageRequest, LogFilter {}

/** Units of a SKU that are reserved for a parcel of an order. */
export interface OpenReservation {
  readonly orderId: string;
  readonly attempt: number;
  readonly quantity: number;
}

/** Names of the lists, to which cursors are bound. */
export const LISTS = {
  stock: (low: boolean): string => (low ? 'stock:low' : 'stock'),
  adjustments: (variantId: string): string => `adjustments:${variantId}`,
  log: 'log',
  reservations: (variantId: string): string => `reservations:${variantId}`,
};
