/** Units of a variant that an order is about. */
export interface Line {
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
}

/**
 * - `reserved`: set aside
 * - `refused`: there was not enough
 * - `released`: given back, or cancelled before it could be made
 * - `committed`: the goods have left the warehouse
 * - `restocked`: they left and came back, and are for sale again
 * - `dispatched`: the goods have left, but the order itself has not been heard of yet
 */
export type ReservationStatus =
  'reserved' | 'refused' | 'released' | 'committed' | 'restocked' | 'dispatched';

/** What was decided about one parcel of an order. */
export interface Reservation {
  readonly orderId: string;
  /** 1 for the first parcel, a replacement counts on; `WHOLE_ORDER` for the order's cancellation. */
  readonly attempt: number;
  readonly status: ReservationStatus;
  readonly lines: readonly Line[];
}

/** The attempt under which it is remembered that an order was cancelled: no later one reserves anything. */
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
