import type { Clock } from '#kernel/clock.ts';
import { refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Cart, CartOwner } from '../domain/cart.ts';
import {
  changeQuantity,
  emptyCart,
  removeItem,
  type CartClosed,
  type ItemNotFound,
  type OutOfStock,
} from '../domain/change.ts';
import type { UnitsOfCart } from '../ports/cart-tx.ts';
import type { Stock } from '../ports/neighbours.ts';
import { loadCart, type GetCart } from './load-cart.ts';

export type NotCurrent = Refusal<'PRECONDITION_FAILED'>;

export interface WhichCart {
  readonly owner: CartOwner;
  /** The version that the change is based on; any if absent. */
  readonly basedOn?: number | undefined;
}

/** One read and one write; nothing is written when nothing changes. */
const makeChange =
  (units: UnitsOfCart, clock: Clock) =>
  <E>(
    { owner, basedOn }: WhichCart,
    decide: (cart: Cart, now: Date) => Result<Cart, E>,
  ): Promise<Result<Cart, E | NotCurrent>> =>
    units(owner.cartId).run(async ({ carts }) => {
      const now = clock.now();
      const cart = await loadCart(carts, owner, now);
      if (basedOn !== undefined && basedOn !== cart.version)
        return refuse('PRECONDITION_FAILED', `The cart is now at version ${cart.version}.`);
      const decided = decide(cart, now);
      if (decided.ok && decided.value !== cart) await carts.save(decided.value);
      return decided;
    });

export const makeRemoveItem = (units: UnitsOfCart, clock: Clock) => {
  const change = makeChange(units, clock);
  return (which: WhichCart, itemId: string): Promise<Result<Cart, CartClosed | ItemNotFound | NotCurrent>> =>
    change(which, (cart, now) => removeItem(cart, itemId, now));
};

export const makeEmptyCart = (units: UnitsOfCart, clock: Clock) => {
  const change = makeChange(units, clock);
  return (which: WhichCart): Promise<Result<Cart, CartClosed | NotCurrent>> => change(which, emptyCart);
};

/** Asks the inventory first, for the item's variant. */
export const makeChangeQuantity = (units: UnitsOfCart, getCart: GetCart, stock: Stock, clock: Clock) => {
  const change = makeChange(units, clock);
  return async (
    which: WhichCart,
    itemId: string,
    quantity: number,
  ): Promise<Result<Cart, CartClosed | ItemNotFound | OutOfStock | NotCurrent>> => {
    const { items } = await getCart(which.owner);
    const item = items.find((one) => one.itemId === itemId);
    // Without the item, the unit finds the reason: the cart has changed, is closed, or never had it.
    const available = item && (await stock.available(item.variantId));
    return change(which, (cart, now) => changeQuantity(cart, { itemId, quantity, available }, now));
  };
};
