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

/** Integration events, and the domain events that cause them. */
export interface Published {
  'inventory.reserved': 'reserved';
  'inventory.out_of_stock': 'out_of_stock';
  'inventory.low_stock': 'low_stock';
  'inventory.availability_changed': 'availability_changed';
}

/** Integration events. */
export type Publication<Of extends keyof Published = keyof Published> = {
  [Type in Of]: { readonly type: Type; readonly event: StockEventOf<Published[Type]> };
}[Of];
