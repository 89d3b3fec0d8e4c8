import type { Money } from '#kernel/money.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { currencyOf, MAX_LINES, MAX_QUANTITY, type Cart, type CartItem } from './cart.ts';

/** The current name and price of a variant. */
export interface Offer {
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly image?: string | undefined;
  readonly price: Money;
}

export type CartClosed = Refusal<'CART_CLOSED'>;
export type OutOfStock = Refusal<'OUT_OF_STOCK'>;
export type ItemNotFound = Refusal<'ITEM_NOT_FOUND'>;
export type CurrencyMismatch = Refusal<'CURRENCY_MISMATCH'>;
export type DoesNotFit = CurrencyMismatch | Refusal<'QUANTITY_LIMIT' | 'CART_FULL'>;

const ITEM_NOT_FOUND = refuse('ITEM_NOT_FOUND', 'There is no such item in the cart.');
const CART_CLOSED = refuse('CART_CLOSED', 'This cart was merged into an account’s cart; use that one.');

const outOfStock = (available: number) =>
  refuse('OUT_OF_STOCK', available === 0 ? 'None left in stock.' : `Only ${available} left in stock.`);

/** The next version of the cart. */
export const withItems = (cart: Cart, items: readonly CartItem[], now: Date): Cart => ({
  ...cart,
  items,
  version: cart.version + 1,
  updatedAt: now,
});

export interface AddItem {
  readonly offer: Offer;
  readonly quantity: number;
  /** Units available; undefined if unknown. */
  readonly available: number | undefined;
  /** The ID of the item if it is new. */
  readonly itemId: string;
}

/** Adds an item. If the cart already has it, the quantities add up, and name and price are updated. */
export const addItem = (
  cart: Cart,
  { offer, quantity, available, itemId }: AddItem,
  now: Date,
): Result<Cart, CartClosed | OutOfStock | DoesNotFit> => {
  if (cart.isClosed) return CART_CLOSED;
  const known = cart.items.find(({ variantId }) => variantId === offer.variantId);
  const others = cart.items.filter((item) => item !== known);
  const currency = currencyOf({ items: others });
  if (currency !== undefined && currency !== offer.price.currency)
    return refuse(
      'CURRENCY_MISMATCH',
      `The cart’s prices are in ${currency}; this price is in ${offer.price.currency}.`,
    );
  if (!known && cart.items.length >= MAX_LINES)
    return refuse('CART_FULL', `A cart holds at most ${MAX_LINES} different items.`);
  const total = (known?.quantity ?? 0) + quantity;
  if (total > MAX_QUANTITY)
    return refuse(
      'QUANTITY_LIMIT',
      `A cart holds at most ${MAX_QUANTITY} of an item; it already has ${known?.quantity ?? 0}.`,
    );
  if (available !== undefined && total > available) return outOfStock(available);
  const added: CartItem = {
    ...offer,
    itemId: known?.itemId ?? itemId,
    quantity: total,
    stockChecked: available !== undefined,
  };
  const items = known ? cart.items.map((item) => (item === known ? added : item)) : [...cart.items, added];
  return ok(withItems(cart, items, now));
};

export interface ChangeQuantity {
  readonly itemId: string;
  readonly quantity: number;
  /** Units available; undefined if unknown. */
  readonly available: number | undefined;
}

/** A lower quantity is always allowed, even if there is not enough for that either. */
export const changeQuantity = (
  cart: Cart,
  { itemId, quantity, available }: ChangeQuantity,
  now: Date,
): Result<Cart, CartClosed | OutOfStock | ItemNotFound> => {
  if (cart.isClosed) return CART_CLOSED;
  const item = cart.items.find((one) => one.itemId === itemId);
  if (!item) return ITEM_NOT_FOUND;
  const isMore = quantity > item.quantity;
  if (isMore && available !== undefined && quantity > available) return outOfStock(available);
  const stockChecked = available === undefined ? item.stockChecked && !isMore : quantity <= available;
  const changed = { ...item, quantity, stockChecked };
  return ok(
    withItems(
      cart,
      cart.items.map((one) => (one === item ? changed : one)),
      now,
    ),
  );
};

export const removeItem = (
  cart: Cart,
  itemId: string,
  now: Date,
): Result<Cart, CartClosed | ItemNotFound> => {
  if (cart.isClosed) return CART_CLOSED;
  const items = cart.items.filter((item) => item.itemId !== itemId);
  return items.length === cart.items.length ? ITEM_NOT_FOUND : ok(withItems(cart, items, now));
};

/** An empty cart stays as it is. */
export const emptyCart = (cart: Cart, now: Date): Result<Cart, CartClosed> => {
  if (cart.isClosed) return CART_CLOSED;
  return ok(cart.items.length === 0 ? cart : withItems(cart, [], now));
};
