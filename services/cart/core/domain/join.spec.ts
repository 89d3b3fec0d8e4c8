import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { after, DAY } from '#kernel/clock.ts';
import { START } from '#test/kit/start.ts';
import type { Cart } from './cart.ts';
import { joinItems, mergeCarts } from './join.ts';
import { giveBack, recordHorizon, takeOrdered } from './ordered.ts';
import { aCart, aCartItem, anId } from '../../test/cart.mother.ts';

const NOW = after(START, DAY);
const JPY = { minor: 900, currency: 'JPY' };

describe('joining a guest’s cart', () => {
  const shared = aCartItem({ quantity: 60 });
  const guestsOnly = aCartItem({ quantity: 2 });
  const own = aCart({ items: [shared], version: 4 });
  const guest = aCart({
    userId: undefined,
    version: 9,
    items: [{ ...shared, itemId: anId(), quantity: 50, name: 'Other name' }, guestsOnly],
  });

  it('adds quantities up to the limit, and closes the guest’s cart', () => {
    expect(mergeCarts(own, guest, NOW)).toEqual({
      ok: true,
      value: {
        own: {
          ...own,
          version: 5,
          updatedAt: NOW,
          items: [{ ...shared, quantity: 99, stockChecked: false }, guestsOnly],
        },
        guest: { ...guest, version: 10, updatedAt: NOW, items: [], isClosed: true },
      },
    });
  });

  it('changes nothing if the guest’s cart is already closed', () => {
    const closed = { ...guest, isClosed: true };
    expect(mergeCarts(own, closed, NOW)).toEqual({ ok: true, value: { own, guest: closed } });
  });

  it('closes an empty guest cart, and leaves the user’s unchanged', () => {
    expect(mergeCarts(own, { ...guest, items: [] }, NOW)).toMatchObject({
      value: { own, guest: { isClosed: true } },
    });
  });

  it('is not possible in two currencies', () => {
    const inYen = { ...guest, items: [aCartItem({ price: JPY })] };
    expect(mergeCarts(own, inYen, NOW)).toMatchObject({ error: { code: 'CURRENCY_MISMATCH' } });
    expect(mergeCarts({ ...own, items: [] }, inYen, NOW)).toMatchObject({
      value: { own: { items: inYen.items } },
    });
  });

  it('leaves out items beyond the limit', () => {
    const full = Array.from({ length: 100 }, () => aCartItem());
    const more = full.slice(0, 1).map((item) => ({ ...item, quantity: 5 }));
    expect(joinItems(full, [aCartItem(), ...more])).toEqual([
      { ...full[0], quantity: 6, stockChecked: false }, // nobody has asked about so many
      ...full.slice(1),
    ]);
  });
});

describe('an order', () => {
  const [a, b] = [aCartItem({ quantity: 3 }), aCartItem({ quantity: 1 })];
  const orderOf = ({ cartId, version, items }: Cart) => ({
    orderId: anId(),
    cartId,
    userId: cartId,
    cartVersion: version,
    lines: items.map(({ variantId, quantity }) => ({ variantId, quantity })),
  });

  it('empties a cart that has not changed since', () => {
    const cart = aCart({ items: [a, b] });
    expect(takeOrdered(cart, orderOf(cart), NOW)).toEqual({
      cart: { ...cart, version: 2, items: [], updatedAt: NOW },
      taken: [a, b],
    });
  });

  it('removes from a changed cart the ordered units that it still has', () => {
    const ordered = aCart({ items: [a, b] });
    const since = aCartItem();
    const cart = { ...ordered, version: 5, items: [{ ...a, quantity: 4 }, b, since] };
    expect(takeOrdered(cart, orderOf(ordered), NOW)).toEqual({
      cart: { ...cart, version: 6, items: [{ ...a, quantity: 1 }, since], updatedAt: NOW },
      taken: [a, b],
    });
  });

  it('adds up lines of the same variant', () => {
    const cart = aCart({ version: 3, items: [a] });
    const line = { variantId: a.variantId, quantity: 1 };
    const order = { ...orderOf(cart), cartVersion: 2, lines: [line, line] };
    expect(takeOrdered(cart, order, NOW)).toMatchObject({ cart: { items: [{ quantity: 1 }] } });
  });

  it('does not change a cart without its items', () => {
    const cart = aCart({ version: 3, items: [b] });
    const order = { ...orderOf(cart), cartVersion: 2, lines: [{ variantId: a.variantId, quantity: 1 }] };
    expect(takeOrdered(cart, order, NOW)).toEqual({ cart, taken: [] });
  });

  it('is remembered for 90 days', () => {
    expect(recordHorizon(after(START, 90 * DAY))).toEqual(START);
  });

  it('that failed restores the removed items, with their names and prices', () => {
    const cart = aCart({ items: [{ ...a, name: 'New name' }] });
    expect(giveBack(cart, [a, b], NOW)).toMatchObject({
      version: 2,
      items: [{ name: 'New name', quantity: 6 }, b],
    });
  });

  it('that failed restores nothing if it removed nothing, and adds nothing to a closed cart or in another currency', () => {
    const cart = aCart({ items: [aCartItem({ price: JPY })] });
    expect(giveBack(cart, [], NOW)).toBe(cart);
    const closed = { ...cart, isClosed: true };
    expect(giveBack(closed, [a], NOW)).toBe(closed);
    expect(giveBack(cart, [a], NOW).items).toEqual(cart.items);
  });

  it('that failed restores all quantities', () => {
    const quantity = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(
        fc.array(quantity, { minLength: 1, maxLength: 5 }),
        fc.array(quantity),
        (ordered, since) => {
          const items = ordered.map((units) => aCartItem({ quantity: units }));
          const cart = aCart({ items });
          const later = {
            ...cart,
            version: 2,
            items: since.flatMap((units, index) => {
              const item = items[index];
              return item ? [{ ...item, quantity: units }] : [aCartItem({ quantity: units })];
            }),
          };
          const { cart: left, taken } = takeOrdered(later, orderOf(cart), NOW);
          const back = giveBack(left, taken, NOW);
          const byVariant = ({ items: all }: Cart) =>
            new Map(all.map((item) => [item.variantId, item.quantity] as const));
          expect(byVariant(back)).toEqual(byVariant(later));
        },
      ),
    );
  });
});
