import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { move, type StockItem } from './stock.ts';

/** An audit entry: why stock was added or removed. */
export interface Adjustment {
  readonly adjustmentId: string;
  readonly variantId: string;
  /** Units added; negative if removed. */
  readonly delta: number;
  readonly reason: string;
  /** A user's id, or `SYSTEM`. */
  readonly adjustedBy: string;
  /** The order whose goods came back. */
  readonly orderId?: string | undefined;
  /** Units in the warehouse afterwards. */
  readonly stock: number;
  readonly adjustedAt: Date;
}

export const SYSTEM = 'system';

export type BelowReserved = Refusal<'BELOW_RESERVED'>;

/** Adds or removes units; never reserved ones. */
export const adjust = (item: StockItem, delta: number): Result<StockItem, BelowReserved> =>
  item.stock + delta < item.reserved
    ? refuse(
        'BELOW_RESERVED',
        `At most ${item.stock - item.reserved} units can be removed: there are ${item.stock}, of which ${item.reserved} are reserved for orders.`,
      )
    : ok(move(item, { stock: delta }));
