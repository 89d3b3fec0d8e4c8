import type { Money } from '#kernel/money.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { currencyOf, MAX_LINES, MAX_QUANTITY, type Cart, type CartItem } from './cart.ts';

/** The current name and prices of a variant. */
export interface Offer {
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly image?: string | undefined;
  /** In the currency of the variant itself. */
  readonly price: Money;
  /** One per currency. */
  readonly otherPrices?: readonly Money[] | undefined;
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
  /** The currency that the customer prefers, for a cart without other items. */
  readonly currency?: string | undefined;
  /** Units available; undefined if unknown. */
  readonly available: number | undefined;
  /** The ID of the item if it is new. */
  readonly itemId: string;
}

/** Adds an item. If the cart already has it, the quantities add up, and name and price are updated. */
export const addItem = (
  cart: Cart,
  { offer, quantity, currency, available, itemId }: AddItem,
  now: Date,
): Result<Cart, CartClosed | OutOfStock | DoesNotFit> => {
  if (cart.isClosed) return CART_CLOSED;
  const known = cart.items.find(({ variantId }) => variantId === offer.variantId);
  const others = cart.items.filter((item) => item !== known);
  const priced = priceIn(offer, {
    required: currencyOf({ items: others }) ?? currency,
    before: known?.price,
  });
  if (!priced.ok) return priced;
  if (!known && cart.items.length >= MAX_LINES)
    return refuse('CART_FULL', `A cart holds at most ${MAX_LINES} different items.`);
  const total = (known?.quantity ?? 0) + quantity;
  if (total > MAX_QUANTITY)
    return refuse(
      'QUANTITY_LIMIT',
      `A cart holds at most ${MAX_QUANTITY} of an item; it already has ${known?.quantity ?? 0}.`,
    );
  if (available !== undefined && total > available) return outOfStock(available);
  const { otherPrices: _, ...sold } = offer;
  const added: CartItem = {
    ...sold,
    price: priced.value,
    itemId: known?.itemId ?? itemId,
    quantity: total,
    stockChecked: available !== undefined,
  };
  const items = known ? cart.items.map((item) => (item === known ? added : item)) : [...cart.items, added];
  return ok(withItems(cart, items, now));
};

/** The offer's price in a currency: by default that of the item so far, or else the variant's own. */
const priceIn = (
  { price, otherPrices = [] }: Offer,
  { required, before }: { readonly required: string | undefined; readonly before: Money | undefined },
): Result<Money, CurrencyMismatch> => {
  const prices = [price, ...otherPrices];
  const found = prices.find(({ currency }) => currency === (required ?? before?.currency));
  if (found || required === undefined) return ok(found ?? price);
  const sold = prices.map(({ currency }) => currency).join(', ');
  return refuse('CURRENCY_MISMATCH', `There is no price in ${required}; this item is sold in ${sold}.`);
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
