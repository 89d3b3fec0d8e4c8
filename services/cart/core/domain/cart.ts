import { after, DAY } from '#kernel/clock.ts';
import type { InJson } from '#kernel/json.ts';
import { sum, times, type Money } from '#kernel/money.ts';

/** Whose cart it is. A user's has the user's id; a guest's belongs to whoever has its token. */
export interface CartOwner {
  readonly cartId: string;
  readonly userId: string | undefined;
}

/** What a shopper means to buy, all in one currency. */
export interface Cart extends CartOwner {
  /** Raised by every change, so that one version makes one order at most; 0 before the first. */
  readonly version: number;
  readonly items: readonly CartItem[];
  /** A guest's cart that was joined to an account's. */
  readonly isClosed: boolean;
  readonly updatedAt: Date;
}

export const fromDocument = (document: InJson<Cart>): Cart => ({
  ...document,
  updatedAt: new Date(document.updatedAt),
});

/** One per variant; name and price as the catalog last said. */
export interface CartItem {
  readonly itemId: string;
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly image?: string | undefined;
  readonly quantity: number;
  readonly price: Money;
  /** False when the inventory could not be asked whether there is enough. */
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

/** Carts last changed before this have expired at `now`. */
export const expiryHorizon = (now: Date): Date => after(now, -LIFETIME_MS);

/** The owner's cart at `now`: one that has expired is empty, but keeps its version. */
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
