import { recallFrom } from '#adapters/postgres/recall.ts';
import { declareTable } from '#adapters/postgres/written-table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Cart, CartItem } from '../../core/domain/cart.ts';
import type { CartRepository } from '../../core/ports/cart-tx.ts';

const carts = declareTable<Cart>(
  {
    name: 'cart.carts',
    columns: {
      cart_id: ['uuid', ({ cartId }) => cartId],
      user_id: ['uuid', ({ userId }) => userId],
      version: ['bigint', ({ version }) => version],
      items: ['jsonb', ({ items }) => items],
      is_closed: ['boolean', ({ isClosed }) => isClosed],
      updated_at: ['timestamptz', ({ updatedAt }) => updatedAt],
    },
  },
  'cart_id',
);

/** Saved carts are written together at the end of the unit, each guarded by the version that was read. */
export const postgresCartRepository = (tx: SqlTransaction): CartRepository => {
  const recalled = recallFrom<Cart>(tx, { kind: 'carts' });
  const found = new Map<string, number>();
  const saved = new Map<string, Cart>();

  const flush = async (): Promise<void> => {
    const changed = [...saved.values()].sort((a, b) => (a.cartId < b.cartId ? -1 : 1));
    const versionOf = ({ cartId }: Cart): number => found.get(cartId) ?? 0;
    const isNew = (cart: Cart): boolean => versionOf(cart) === 0;
    const writes = [
      ...carts.insertNew(changed.filter(isNew)),
      ...carts.update(
        changed.filter((cart) => !isNew(cart)),
        versionOf,
      ),
    ];
    for (const write of writes) await tx.write(write);
  };

  return {
    find: async (cartIds) => {
      const carts = await recalled.find([...new Set(cartIds)], (unknown) => readCarts(tx, unknown));
      for (const [id, { version }] of carts) if (!saved.has(id)) found.set(id, version);
      return carts;
    },
    save: async (cart) => {
      if (saved.size === 0) tx.beforeCommit(flush);
      saved.set(cart.cartId, cart);
      recalled.saved(cart.cartId, cart);
      await Promise.resolve();
    },
  };
};

const readCarts = async (
  sql: Pick<SqlTransaction, 'query'>,
  cartIds: readonly string[],
): Promise<ReadonlyMap<string, Cart>> => {
  const rows = await sql.query<CartRow>(
    `select cart_id, user_id, version, items, is_closed, updated_at from cart.carts
     where cart_id = any($1::uuid[])`,
    [cartIds],
  );
  return new Map(rows.map((row) => [row.cart_id, toCart(row)]));
};

interface CartRow {
  readonly cart_id: string;
  readonly user_id: string | null;
  readonly version: number;
  readonly items: readonly CartItem[];
  readonly is_closed: boolean;
  readonly updated_at: Date;
}

const toCart = (row: CartRow): Cart => ({
  cartId: row.cart_id,
  userId: row.user_id ?? undefined,
  version: row.version,
  items: row.items,
  isClosed: row.is_closed,
  updatedAt: row.updated_at,
});
