/** Units of a variant in an order. */
export interface Line {
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
}

/**
 * - `reserved`: set aside
 * - `refused`: out of stock
 * - `released`: released, or cancelled before it was reserved
 * - `committed`: the goods were dispatched
 * - `restocked`: dispatched, returned, and for sale again
 * - `dispatched`: the goods were dispatched, but the order has not arrived yet
 */
export type ReservationStatus =
  'reserved' | 'refused' | 'released' | 'committed' | 'restocked' | 'dispatched';

/** The decision about one parcel of an order. */
export interface Reservation {
  readonly orderId: string;
  /** 1 for the first parcel, plus 1 per replacement; `WHOLE_ORDER` for the order's cancellation. */
  readonly attempt: number;
  readonly status: ReservationStatus;
  readonly lines: readonly Line[];
}

/** The attempt that records an order's cancellation: no later one reserves anything. */
export const WHOLE_ORDER = 0;

/** One line per variant, quantities summed. */
export const mergeLines = (lines: readonly Line[]): Line[] => {
  const merged = new Map<string, Line>();
  for (const line of lines) {
    const quantity = (merged.get(line.variantId)?.quantity ?? 0) + line.quantity;
    merged.set(line.variantId, { ...line, quantity });
  }
  return [...merged.values()];
};
