import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { move, type StockItem } from './stock.ts';

/** A line of the audit: why units appeared or vanished. */
export interface Adjustment {
  readonly adjustmentId: string;
  readonly variantId: string;
  /** Units that came in, or went out when below zero. */
  readonly delta: number;
  readonly reason: string;
  /** A user's id, or `SYSTEM`. */
  readonly adjustedBy: string;
  /** The order that the units came back from. */
  readonly orderId?: string | undefined;
  /** Units in the warehouse after it. */
  readonly stock: number;
  readonly adjustedAt: Date;
}

export const SYSTEM = 'system';

export type BelowReserved = Refusal<'BELOW_RESERVED'>;

/** Adds or takes units; never those that orders wait for. */
export const adjust = (item: StockItem, delta: number): Result<StockItem, BelowReserved> =>
  item.stock + delta < item.reserved
    ? refuse('BELOW_RESERVED', `${item.reserved} of the ${item.stock} units are reserved for orders.`)
    : ok(move(item, { stock: delta }));
