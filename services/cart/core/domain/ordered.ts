import { after, DAY } from '#kernel/clock.ts';
import type { Cart, CartItem } from './cart.ts';
import { withItems } from './change.ts';
import { joinItems } from './join.ts';

/** An order placed from a cart. */
export interface PlacedOrder {
  readonly orderId: string;
  readonly cartId: string;
  readonly userId: string | undefined;
  /** The ordered version of the cart. */
  readonly cartVersion: number;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
}

/**
 * A record per order, so that its events commute: items were `taken` out of the cart, `returned` to it, or the order was
 * `cancelled` before it was known, so that nothing may be taken.
 */
export interface OrderRecord {
  readonly orderId: string;
  readonly cartId: string;
  readonly state: 'taken' | 'returned' | 'cancelled';
  /** The items taken from the cart, with their names and prices at the time. */
  readonly taken: readonly CartItem[];
}

/** How long an order is remembered: much longer than any order lasts. */
export const RECORD_LIFETIME_MS = 90 * DAY;

/** Orders recorded before this time are deleted at `now`. */
export const recordHorizon = (now: Date): Date => after(now, -RECORD_LIFETIME_MS);

/** Removes the ordered items: all of them if the cart has not changed since, otherwise as many as are still there. */
export const takeOrdered = (
  cart: Cart,
  { cartVersion, lines }: PlacedOrder,
  now: Date,
): { readonly cart: Cart; readonly taken: readonly CartItem[] } => {
  if (cart.version === cartVersion) return { cart: withItems(cart, [], now), taken: cart.items };
  const ordered = new Map<string, number>();
  for (const { variantId, quantity } of lines)
    ordered.set(variantId, (ordered.get(variantId) ?? 0) + quantity);
  const split = cart.items.map((item) => {
    const quantity = Math.min(item.quantity, ordered.get(item.variantId) ?? 0);
    return { taken: { ...item, quantity }, left: { ...item, quantity: item.quantity - quantity } };
  });
  const taken = split.map((part) => part.taken).filter(({ quantity }) => quantity > 0);
  if (taken.length === 0) return { cart, taken };
  const left = split.map((part) => part.left).filter(({ quantity }) => quantity > 0);
  return { cart: withItems(cart, left, now), taken };
};

/** Restores the items of a failed order. */
export const giveBack = (cart: Cart, taken: readonly CartItem[], now: Date): Cart =>
  taken.length === 0 || cart.isClosed ? cart : withItems(cart, joinItems(cart.items, taken), now);
