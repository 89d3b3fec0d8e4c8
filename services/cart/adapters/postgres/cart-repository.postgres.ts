import { postgresRecords } from '#adapters/postgres/records.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Cart } from '../../core/domain/cart.ts';
import type { CartRepository } from '../../core/ports/cart-tx.ts';

const carts = declareTable<Cart>({
  name: 'cart.carts',
  key: ['cartId'],
  columns: {
    cartId: 'uuid',
    userId: 'uuid',
    version: 'bigint',
    items: 'jsonb',
    isClosed: 'boolean',
    updatedAt: 'timestamptz',
  },
});

export const postgresCartRepository = (tx: SqlTransaction): CartRepository => {
  const records = postgresRecords<Cart>(tx, { kind: 'carts' }, carts);
  return {
    find: (cartIds) => records.find(cartIds),
    save: (cart) => records.save(cart.cartId, cart, cart.version - 1),
  };
};
