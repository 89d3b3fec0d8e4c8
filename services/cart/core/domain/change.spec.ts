import { describe, expect, it } from 'vitest';
import { after, DAY } from '#kernel/clock.ts';
import { START } from '#test/kit/start.ts';
import { cartAt, expiresAt, expiryHorizon, subtotalOf, type Cart } from './cart.ts';
import { addItem, changeQuantity, emptyCart, removeItem } from './change.ts';
import { aCart, aCartItem, anId, anOffer } from '../../test/cart.mother.ts';

const NOW = after(START, DAY);
const changed = { version: 2, updatedAt: NOW };

const refused = (code: string) => ({ ok: false, error: { code } });

describe('adding to a cart', () => {
  const offer = anOffer();
  const wish = { offer, quantity: 2, available: 5, itemId: 'item-1' };

  it('adds the item as the catalog offers it', () => {
    const cart = aCart();
    expect(addItem(cart, wish, NOW)).toEqual({
      ok: true,
      value: {
        ...cart,
        ...changed,
        items: [{ ...offer, itemId: 'item-1', quantity: 2, stockChecked: true }],
      },
    });
  });

  it('adds to the existing quantity, under the current name and price', () => {
    const [before, other] = [
      aCartItem({ ...offer, name: 'Old name', price: { minor: 1, currency: 'EUR' }, quantity: 3 }),
      aCartItem(),
    ];
    const added = addItem(aCart({ items: [before, other] }), wish, NOW);
    expect(added).toMatchObject({
      value: { items: [{ itemId: before.itemId, quantity: 5, name: offer.name, price: offer.price }, other] },
    });
  });

  it('includes the existing quantity when it checks the stock', () => {
    const cart = aCart({ items: [aCartItem({ ...offer, quantity: 4 })] });
    expect(addItem(cart, wish, NOW)).toMatchObject({
      error: { code: 'OUT_OF_STOCK', detail: expect.stringContaining('5') },
    });
    expect(addItem(cart, { ...wish, available: 6 }, NOW)).toMatchObject({ ok: true });
    expect(addItem(aCart(), { ...wish, available: 0 }, NOW)).toMatchObject(refused('OUT_OF_STOCK'));
  });

  it('marks an item whose stock could not be checked', () => {
    const added = addItem(aCart(), { ...wish, available: undefined }, NOW);
    expect(added).toMatchObject({ value: { items: [{ stockChecked: false }] } });
  });

  it('accepts one currency', () => {
    const cart = aCart({ items: [aCartItem({ price: { minor: 900, currency: 'JPY' } })] });
    expect(addItem(cart, wish, NOW)).toMatchObject(refused('CURRENCY_MISMATCH'));
  });

  it('takes the price in the currency of the cart, or else in the preferred one', () => {
    const [yen, dollars] = [{ minor: 900, currency: 'JPY' }, { minor: 2_150, currency: 'USD' }]; // prettier-ignore
    const sold = { ...wish, offer: { ...wish.offer, otherPrices: [yen, dollars] } };
    const priceIn = (cart: Cart, currency?: string) => {
      const added = addItem(cart, { ...sold, currency }, NOW);
      return added.ok ? added.value.items.at(-1)?.price : added.error.code;
    };
    const full = aCart({ items: [aCartItem({ price: yen })] });
    expect([priceIn(aCart()), priceIn(aCart(), 'USD'), priceIn(full, 'USD')]).toEqual([
      wish.offer.price,
      dollars,
      yen,
    ]);
    expect(priceIn(aCart({ items: [aCartItem({ ...wish.offer, price: dollars })] }))).toEqual(dollars);
    expect(priceIn(aCart(), 'CHF')).toBe('CURRENCY_MISMATCH');
  });

  it('accepts another currency for the only item', () => {
    const cart = aCart({ items: [aCartItem({ ...offer, price: { minor: 900, currency: 'JPY' } })] });
    expect(addItem(cart, wish, NOW)).toMatchObject({ ok: true });
  });

  it('accepts 99 units of an item, and 100 items', () => {
    const many = aCart({ items: [aCartItem({ ...offer, quantity: 98 })] });
    expect(addItem(many, { ...wish, quantity: 1, available: undefined }, NOW)).toMatchObject({ ok: true });
    expect(addItem(many, { ...wish, available: undefined }, NOW)).toMatchObject(refused('QUANTITY_LIMIT'));
    expect(addItem(aCart(), { ...wish, quantity: 100, available: undefined }, NOW)).toMatchObject(
      refused('QUANTITY_LIMIT'),
    );
    const full = aCart({ items: Array.from({ length: 100 }, () => aCartItem()) });
    expect(addItem(full, wish, NOW)).toMatchObject(refused('CART_FULL'));
  });
});

describe('changing a quantity', () => {
  const item = aCartItem({ quantity: 5 });
  const cart = aCart({ items: [aCartItem(), item] });
  const wish = { itemId: item.itemId, quantity: 7, available: 7 };

  it('sets it', () => {
    expect(changeQuantity(cart, wish, NOW)).toEqual({
      ok: true,
      value: { ...cart, ...changed, items: [cart.items[0], { ...item, quantity: 7 }] },
    });
  });

  it('needs stock for more units, but not for fewer', () => {
    expect(changeQuantity(cart, { ...wish, available: 6 }, NOW)).toMatchObject(refused('OUT_OF_STOCK'));
    expect(changeQuantity(cart, { ...wish, quantity: 3, available: 1 }, NOW)).toMatchObject({
      value: { items: [{}, { quantity: 3, stockChecked: false }] },
    });
  });

  it('marks an item whose stock could not be checked', () => {
    const unknown = { ...wish, available: undefined };
    expect(changeQuantity(cart, unknown, NOW)).toMatchObject({
      value: { items: [{}, { stockChecked: false }] },
    });
    for (const quantity of [4, 5])
      expect(changeQuantity(cart, { ...unknown, quantity }, NOW)).toMatchObject({
        value: { items: [{}, { stockChecked: true }] },
      });
  });

  it('needs an existing item', () => {
    expect(changeQuantity(cart, { ...wish, itemId: anId() }, NOW)).toMatchObject(refused('ITEM_NOT_FOUND'));
  });
});

describe('removing', () => {
  const item = aCartItem();
  const cart = aCart({ items: [item, aCartItem()] });

  it('removes one item', () => {
    expect(removeItem(cart, item.itemId, NOW)).toEqual({
      ok: true,
      value: { ...cart, ...changed, items: cart.items.slice(1) },
    });
    expect(removeItem(cart, anId(), NOW)).toMatchObject(refused('ITEM_NOT_FOUND'));
  });

  it('removes all items; an empty cart does not change', () => {
    expect(emptyCart(cart, NOW)).toEqual({ ok: true, value: { ...cart, ...changed, items: [] } });
    const empty = aCart();
    expect(emptyCart(empty, NOW)).toEqual({ ok: true, value: empty });
  });
});

describe('a closed cart', () => {
  it('refuses every change', () => {
    const item = aCartItem();
    const closed = aCart({ isClosed: true, items: [item] });
    const wish = { itemId: item.itemId, quantity: 1, available: 1 };
    for (const outcome of [
      addItem(closed, { ...wish, offer: anOffer() }, NOW),
      changeQuantity(closed, wish, NOW),
      removeItem(closed, item.itemId, NOW),
      emptyCart(closed, NOW),
    ])
      expect(outcome).toMatchObject(refused('CART_CLOSED'));
  });
});

describe('a cart', () => {
  const cart = aCart({
    version: 7,
    items: [aCartItem({ quantity: 3, price: { minor: 250, currency: 'EUR' } })],
  });

  it('is empty 30 days after its last change, but continues to count versions', () => {
    expect(cartAt(cart, cart, after(START, 30 * DAY - 1))).toBe(cart);
    const later = after(START, 30 * DAY);
    expect(cartAt(cart, cart, later)).toEqual({ ...cart, items: [], updatedAt: later });
  });

  it('expires exactly when the horizon passes its last change', () => {
    expect(expiryHorizon(expiresAt(cart))).toEqual(cart.updatedAt);
  });

  it('is empty before its first item', () => {
    const owner = { cartId: anId(), userId: undefined };
    expect(cartAt(undefined, owner, NOW)).toEqual({
      ...owner,
      version: 0,
      items: [],
      isClosed: false,
      updatedAt: NOW,
    });
  });

  it('has the sum of its items as subtotal', () => {
    const items = [...cart.items, aCartItem({ quantity: 2, price: { minor: 1, currency: 'EUR' } })];
    expect(subtotalOf({ ...cart, items })).toEqual({ minor: 752, currency: 'EUR' });
    expect(subtotalOf(aCart())).toBeUndefined();
  });
});
