import { describe, expect, it } from 'vitest';
import { aCart, anOffer } from '../../test/cart.mother.ts';
import { itemAdded } from './events.ts';

describe('what was put into a cart', () => {
  const cart = aCart({ version: 7 });
  const offer = anOffer();
  const payload = {
    cart_id: cart.cartId,
    product_id: offer.productId,
    variant_id: offer.variantId,
    quantity: 2,
    price: 19.99,
    currency: 'EUR',
  };

  it('is announced with its price and by whom', () => {
    expect(itemAdded(cart, offer, 2)).toEqual({
      type: 'cart.item_added',
      aggregateId: cart.cartId,
      aggregateVersion: 7,
      payload: { ...payload, user_id: cart.userId },
    });
  });

  it('names nobody when it was a guest', () => {
    expect(itemAdded({ ...cart, userId: undefined }, offer, 2).payload).toStrictEqual(payload);
  });
});
