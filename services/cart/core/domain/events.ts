import type { Cart } from './cart.ts';
import type { Offer } from './change.ts';

/** Integration events. */
export interface Publication {
  readonly type: 'cart.item_added';
  /** With the item. */
  readonly cart: Cart;
  readonly offer: Offer;
  /** The quantity added, not the quantity in the cart. */
  readonly quantity: number;
}
