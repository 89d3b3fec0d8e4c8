import { describe, expect, it } from 'vitest';
import { aCart, anOffer } from '../../test/cart.mother.ts';
import { toWire } from './integration-events.ts';

describe('other services learn of an item added to a cart', () => {
  const cart = aCart({ version: 7 });
  const offer = anOffer();
  const added = { type: 'cart.item_added', cart, item: offer, quantity: 2 } as const;
  const payload = {
    cart_id: cart.cartId,
    product_id: offer.productId,
    variant_id: offer.variantId,
    quantity: 2,
    price: 19.99,
    currency: 'EUR',
  };

  it('with its price and the user', () => {
    expect(toWire(added)).toEqual({
      type: 'cart.item_added',
      aggregateId: cart.cartId,
      aggregateVersion: 7,
      payload: { ...payload, user_id: cart.userId },
    });
  });

  it('without a user if the cart is a guest’s', () => {
    expect(toWire({ ...added, cart: { ...cart, userId: undefined } }).payload).toStrictEqual(payload);
  });
});
