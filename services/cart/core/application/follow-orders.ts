import type { Clock } from '#kernel/clock.ts';
import { cartAt } from '../domain/cart.ts';
import { giveBack, takeOrdered, type PlacedOrder } from '../domain/ordered.ts';
import type { CartTx } from '../ports/cart-tx.ts';

/** Removes the ordered items from the cart, once; removes nothing for an order that is already cancelled. */
export const makeTakeOrdered =
  (clock: Clock) =>
  async ({ carts, orders }: CartTx, placed: readonly PlacedOrder[]): Promise<void> => {
    const now = clock.now();
    const records = new Map(await orders.find(placed.map(({ orderId }) => orderId)));
    const found = new Map(await carts.find(placed.map(({ cartId }) => cartId)));
    for (const order of placed) {
      const { orderId, cartId } = order;
      if (records.has(orderId)) continue;
      const cart = cartAt(found.get(cartId), order, now);
      const { cart: left, taken } = takeOrdered(cart, order, now);
      if (left !== cart) await carts.save(left);
      found.set(cartId, left);
      const record = { orderId, cartId, state: 'taken', taken } as const;
      records.set(orderId, record);
      await orders.save(record, now);
    }
  };

export type CancelledOrder = Pick<PlacedOrder, 'orderId' | 'cartId' | 'userId'>;

/** Restores the items of a failed order, once; an order that is not known yet will remove nothing. */
export const makeGiveBack =
  (clock: Clock) =>
  async ({ carts, orders }: CartTx, cancelled: readonly CancelledOrder[]): Promise<void> => {
    const now = clock.now();
    const records = new Map(await orders.find(cancelled.map(({ orderId }) => orderId)));
    const found = new Map(await carts.find(cancelled.map(({ cartId }) => cartId)));
    for (const order of cancelled) {
      const { orderId, cartId } = order;
      const known = records.get(orderId);
      if (known && known.state !== 'taken') continue;
      const cart = cartAt(found.get(cartId), order, now);
      const restored = giveBack(cart, known?.taken ?? [], now);
      if (restored !== cart) await carts.save(restored);
      found.set(cartId, restored);
      const record = { orderId, cartId, state: known ? 'returned' : 'cancelled', taken: [] } as const;
      records.set(orderId, record);
      await orders.save(record, now);
    }
  };
