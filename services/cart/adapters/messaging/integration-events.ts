import type { NewEvent } from '#kernel/events.ts';
import { toDecimal } from '#kernel/money.ts';
import type { Publication } from '../../core/domain/events.ts';

/** A publication in its wire format. */
export const toWire = ({
  type,
  cart: { cartId, userId, version },
  item: { productId, variantId, price },
  quantity,
}: Publication): NewEvent<'cart.item_added'> => ({
  type,
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
