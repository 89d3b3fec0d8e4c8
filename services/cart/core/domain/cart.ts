import { after, DAY } from '#kernel/clock.ts';
import type { InJson } from '#kernel/json.ts';
import { sum, times, type Money } from '#kernel/money.ts';

/** The owner of a cart. A user's cart has the user's ID; a guest cart belongs to the holder of its token. */
export interface CartOwner {
  readonly cartId: string;
  readonly userId: string | undefined;
}

/** The items that a customer intends to buy, in one currency. */
export interface Cart extends CartOwner {
  /** Increases with every change, so that a version can be ordered once; 0 before the first. */
  readonly version: number;
  readonly items: readonly CartItem[];
  /** A guest cart that was merged into a user's. */
  readonly isClosed: boolean;
  readonly updatedAt: Date;
}

export const fromDocument = (document: InJson<Cart>): Cart => ({
  ...document,
  updatedAt: new Date(document.updatedAt),
});

/** One per variant, with the catalog's latest name and price. */
export interface CartItem {
  readonly itemId: string;
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly image?: string | undefined;
  readonly quantity: number;
  readonly price: Money;
  /** False if the inventory was unavailable, so that stock was not checked. */
  readonly stockChecked: boolean;
}

export const MAX_QUANTITY = 99;
export const MAX_LINES = 100;
/** Without a change. */
const LIFETIME_MS = 30 * DAY;

export const emptyCartOf = ({ cartId, userId }: CartOwner, now: Date): Cart => ({
  cartId,
  userId,
  version: 0,
  items: [],
  isClosed: false,
  updatedAt: now,
});

export const expiresAt = ({ updatedAt }: Cart): Date => after(updatedAt, LIFETIME_MS);

/** Carts last changed before this time are expired at `now`. */
export const expiryHorizon = (now: Date): Date => after(now, -LIFETIME_MS);

/** The owner's cart at `now`: an expired cart is empty, but keeps its version. */
export const cartAt = (cart: Cart | undefined, owner: CartOwner, now: Date): Cart => {
  if (!cart) return emptyCartOf(owner, now);
  return expiresAt(cart) <= now ? { ...cart, items: [], updatedAt: now } : cart;
};

export const currencyOf = ({ items }: Pick<Cart, 'items'>): string | undefined => items[0]?.price.currency;

export const lineTotalOf = ({ price, quantity }: CartItem): Money => times(price, quantity);

/** Undefined for an empty cart, which has no currency. */
export const subtotalOf = ({ items }: Cart): Money | undefined => {
  const currency = currencyOf({ items });
  return currency === undefined ? undefined : sum(items.map(lineTotalOf), currency);
};
