import type { ReturnedWhy } from './commands.ts';
import type { Line } from './reservation.ts';
import { changedAvailability, fellLow, shelfOf, type Shelf, type StockItem } from './stock.ts';

/** Events of the stock, beyond what its rows contain; `process.ts` has their consequences. */
export type StockEvent =
  | (OfParcel & { readonly type: 'reserved'; readonly lines: readonly Line[] })
  | (OfParcel & { readonly type: 'out_of_stock'; readonly shortages: readonly Shortage[] })
  /** Available units fell to the threshold or below. */
  | { readonly type: 'low_stock'; readonly item: StockItem }
  /** The first unit became available, or the last was reserved or removed. */
  | { readonly type: 'availability_changed'; readonly shelf: Shelf }
  /** Goods of an order came back. */
  | ({ readonly type: 'returned' } & Returned);

interface OfParcel {
  readonly orderId: string;
  readonly attempt: number;
}

export interface Shortage {
  readonly line: Line;
  readonly available: number;
}

export interface Returned {
  readonly orderId: string;
  readonly why: ReturnedWhy;
  readonly item: StockItem;
  readonly quantity: number;
}

export type StockEventOf<Type extends StockEvent['type']> = Extract<StockEvent, { readonly type: Type }>;

export type LevelEvent = StockEventOf<'low_stock' | 'availability_changed'>;

/** What a movement of an item's units causes. */
export const levelEvents = (before: StockItem, after: StockItem): readonly LevelEvent[] => [
  ...(fellLow(before, after) ? [{ type: 'low_stock', item: after } as const] : []),
  ...(changedAvailability(before, after)
    ? [{ type: 'availability_changed', shelf: shelfOf(after) } as const]
    : []),
];

/** How many units of an item are in the warehouse, after a unit of work that changed it. */
export interface StockCount {
  readonly type: 'stock_count';
  readonly item: StockItem;
  readonly at: Date;
}

/**
 * One count for each SKU, however often the unit of work changed it.
 * @param changed in the order of the changes
 * @param before SKUs whose units are the same as here are left out: they were only reserved or released
 */
export const countsOf = (
  changed: readonly StockItem[],
  at: Date,
  before?: ReadonlyMap<string, Shelf>,
): readonly StockCount[] =>
  [...new Map(changed.map((item) => [item.sku, item])).values()]
    .filter(({ sku, stock }) => before?.get(sku)?.stock !== stock)
    .map((item) => ({ type: 'stock_count', item, at }));

/** Integration events, and the domain events that cause them. */
export interface Published {
  'inventory.reserved': StockEventOf<'reserved'>;
  'inventory.out_of_stock': StockEventOf<'out_of_stock'>;
  'inventory.low_stock': StockEventOf<'low_stock'>;
  'inventory.availability_changed': StockEventOf<'availability_changed'>;
  'inventory.stock_changed': StockCount;
}

/** Integration events. */
export type Publication<Of extends keyof Published = keyof Published> = {
  [Type in Of]: { readonly type: Type; readonly event: Published[Type] };
}[Of];
