import type { Cart, CartItem } from './cart.ts';

/** Integration events. */
export interface Publication {
  readonly type: 'cart.item_added';
  /** With the item. */
  readonly cart: Cart;
  readonly item: Pick<CartItem, 'productId' | 'variantId' | 'price'>;
  /** The quantity added, not the quantity in the cart. */
  readonly quantity: number;
}
