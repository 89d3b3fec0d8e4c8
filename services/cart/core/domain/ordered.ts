import { after, DAY } from '#kernel/clock.ts';
import type { Cart, CartItem } from './cart.ts';
import { withItems } from './change.ts';
import { joinItems } from './join.ts';

/** An order that was made of a cart. */
export interface PlacedOrder {
  readonly orderId: string;
  readonly cartId: string;
  readonly userId: string | undefined;
  /** The cart's version that was ordered. */
  readonly cartVersion: number;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
}

/**
 * What is remembered of an order, so that its events commute: `taken` out of the cart, `returned` to it, or
 * `cancelled` before it was heard of, so that nothing is to be taken.
 */
export interface OrderRecord {
  readonly orderId: string;
  readonly cartId: string;
  readonly state: 'taken' | 'returned' | 'cancelled';
  /** What was in the cart, with names and prices as they were. */
  readonly taken: readonly CartItem[];
}

/** How long an order is remembered: long after any has ended. */
export const RECORD_LIFETIME_MS = 90 * DAY;

/** Orders recorded before this are forgotten at `now`. */
export const recordHorizon = (now: Date): Date => after(now, -RECORD_LIFETIME_MS);

/** Takes out what was ordered: all of it if nothing has changed since, else as much as is still there. */
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

/** Puts back what a failed order had taken. */
export const giveBack = (cart: Cart, taken: readonly CartItem[], now: Date): Cart =>
  taken.length === 0 || cart.isClosed ? cart : withItems(cart, joinItems(cart.items, taken), now);
