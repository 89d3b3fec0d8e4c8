import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { VersionConflict, type BaseTx } from '#kernel/unit-of-work.ts';
import { expiryHorizon, type Cart } from '../../core/domain/cart.ts';
import { recordHorizon, type OrderRecord } from '../../core/domain/ordered.ts';
import type { CartExpiry, CartTx } from '../../core/ports/cart-tx.ts';

type StoredRecord = OrderRecord & { readonly at: Date };

const cartsOf = (tables: MemoryTables) => tables.table<Cart>('carts');
const ordersOf = (tables: MemoryTables) => tables.table<StoredRecord>('orders');

export const memoryRepositories = (tx: MemoryTransaction): Omit<CartTx, keyof BaseTx> => ({
  carts: {
    find: (cartIds) =>
      Promise.resolve(
        new Map(
          cartIds.flatMap((id) => {
            const cart = cartsOf(tx).get(id);
            return cart ? [[id, cart]] : [];
          }),
        ),
      ),
    save: async (cart) => {
      if ((cartsOf(tx).get(cart.cartId)?.version ?? 0) !== cart.version - 1)
        throw new VersionConflict('carts');
      cartsOf(tx).put(cart.cartId, cart);
      await Promise.resolve();
    },
  },
  orders: {
    find: (orderIds) =>
      Promise.resolve(
        new Map(
          orderIds.flatMap((id) => {
            const stored = ordersOf(tx).get(id);
            if (!stored) return [];
            const { at: _, ...record } = stored;
            return [[id, record]];
          }),
        ),
      ),
    save: async (record, now) => {
      const before = ordersOf(tx).get(record.orderId);
      if (before && !(before.state === 'taken' && record.state === 'returned'))
        throw new VersionConflict('orders');
      ordersOf(tx).put(record.orderId, { ...record, at: now });
      await Promise.resolve();
    },
  },
});

export const memoryCartExpiry = (database: MemoryDatabase): CartExpiry => ({
  sweep: (now) =>
    database.transaction(async (tx) => {
      const horizon = expiryHorizon(now);
      for (const cart of cartsOf(tx).find(({ updatedAt }) => updatedAt <= horizon))
        // The version of a user's cart stays: each can be ordered once.
        if (cart.userId === undefined) cartsOf(tx).delete(cart.cartId);
        else cartsOf(tx).put(cart.cartId, { ...cart, items: [] });
      const forgotten = recordHorizon(now);
      for (const { orderId } of ordersOf(tx).find(({ at }) => at <= forgotten)) ordersOf(tx).delete(orderId);
      await Promise.resolve();
    }),
});
