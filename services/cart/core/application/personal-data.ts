import type { Clock } from '#kernel/clock.ts';
import { countsOf, type PersonalData } from '#kernel/personal-data.ts';
import { emptyCart } from '../domain/change.ts';
import type { UnitsOfCart } from '../ports/cart-tx.ts';
import { loadCart } from './load-cart.ts';

/** A user's cart has the user's ID, and is all that this service knows about a person. */
export const makePersonalData = (units: UnitsOfCart, clock: Clock): PersonalData => ({
  read: ({ userId }) =>
    units(userId).run(async ({ carts }) => {
      const { items, updatedAt } = await loadCart(carts, { cartId: userId, userId }, clock.now());
      if (items.length === 0) return { items: [] };
      const chosen = items.map(({ sku, name, quantity }) => ({ sku, name, quantity }));
      return { items: [{ kind: 'cart', data: { items: chosen, updatedAt } }] };
    }),
  erase: ({ userId }) =>
    units(userId).run(async ({ carts }) => {
      const now = clock.now();
      const cart = await loadCart(carts, { cartId: userId, userId }, now);
      const emptied = emptyCart(cart, now);
      const isChanged = emptied.ok && emptied.value !== cart;
      if (isChanged) await carts.save(emptied.value);
      return { isDone: true, erased: countsOf({ kind: 'carts', count: isChanged ? 1 : 0 }), kept: [] };
    }),
});
