import type { NewEvent } from '#kernel/events.ts';
import { toDecimal } from '#kernel/money.ts';
import type { Cart } from './cart.ts';
import type { Offer } from './change.ts';

/** @param quantity the quantity added, not the quantity in the cart */
export const itemAdded = (
  { cartId, userId, version }: Cart,
  { productId, variantId, price }: Offer,
  quantity: number,
): NewEvent<'cart.item_added'> => ({
  type: 'cart.item_added',
  aggregateId: cartId,
  aggregateVersion: version,
  payload: {
    cart_id: cartId,
    ...(userId === undefined ? {} : { user_id: userId }),
    product_id: productId,
    variant_id: variantId,
    quantity,
    price: toDecimal(price),
    currency: price.currency,
  },
});
