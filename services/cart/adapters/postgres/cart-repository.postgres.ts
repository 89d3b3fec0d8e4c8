import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Cart, CartItem } from '../../core/domain/cart.ts';
import type { CartRepository } from '../../core/ports/cart-tx.ts';

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

/** Saved carts are written together at the end of the unit, each guarded by the version that was read. */
export const postgresCartRepository = (tx: SqlTransaction): CartRepository => {
  const found = new Map<string, Cart | undefined>();
  const saved = new Map<string, Cart>();

  const flush = async (): Promise<void> => {
    const carts = [...saved.values()].sort((a, b) => (a.cartId < b.cartId ? -1 : 1));
    for (const [text, some] of [
      [INSERT, carts.filter(({ cartId }) => !found.get(cartId))],
      [UPDATE, carts.filter(({ cartId }) => found.get(cartId))],
    ] as const)
      if (some.length > 0)
        await tx.write({ table: 'carts', text, params: columnsOf(some, found), rows: some.length });
  };

  return {
    find: async (cartIds) => {
      const unknown = [...new Set(cartIds)].filter((id) => !found.has(id) && !saved.has(id));
      if (unknown.length > 0) {
        const rows = await tx.query<CartRow>(
          `select cart_id, user_id, version, items, is_closed, updated_at from cart.carts
           where cart_id = any($1::uuid[])`,
          [unknown],
        );
        for (const id of unknown) found.set(id, undefined);
        for (const row of rows) found.set(row.cart_id, toCart(row));
      }
      const carts = [...new Set(cartIds)].map((id) => saved.get(id) ?? found.get(id));
      return new Map(carts.flatMap((cart) => (cart ? [[cart.cartId, cart]] : [])));
    },
    save: async (cart) => {
      if (saved.size === 0) tx.beforeCommit(flush);
      saved.set(cart.cartId, cart);
      await Promise.resolve();
    },
  };
};

const COLUMNS = 'cart_id, user_id, version, items, is_closed, updated_at';
const ROWS = `unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::jsonb[], $5::boolean[], $6::timestamptz[],
  $7::bigint[]) as c (${COLUMNS}, found_version)`;

const INSERT = `
  insert into cart.carts (${COLUMNS})
  select ${COLUMNS} from ${ROWS} on conflict (cart_id) do nothing`;

const UPDATE = `
  update cart.carts as s
  set version = c.version, items = c.items, is_closed = c.is_closed, updated_at = c.updated_at
  from ${ROWS}
  where s.cart_id = c.cart_id and s.version = c.found_version`;

const columnsOf = (carts: readonly Cart[], found: ReadonlyMap<string, Cart | undefined>): unknown[] => [
  carts.map(({ cartId }) => cartId),
  carts.map(({ userId }) => userId ?? null),
  carts.map(({ version }) => version),
  carts.map(({ items }) => JSON.stringify(items)),
  carts.map(({ isClosed }) => isClosed),
  carts.map(({ updatedAt }) => updatedAt),
  carts.map(({ cartId }) => found.get(cartId)?.version ?? 0),
];
