import type { Sql } from '#adapters/postgres/sql.ts';
import { declareTable } from '#adapters/postgres/table.ts';
import type { SqlTransaction } from '#adapters/postgres/unit-of-work.ts';
import type { Wish } from '../../core/domain/wish.ts';
import type { WishQueries } from '../../core/ports/user-queries.ts';
import type { WishRepository } from '../../core/ports/user-tx.ts';
import { lockOwn } from './lock-own.ts';

const wishes = declareTable<Wish>({
  name: 'users.wishes',
  key: ['userId', 'productId'],
  columns: { userId: 'uuid', productId: 'uuid', addedAt: 'timestamptz' },
});

const OWN = 'where user_id = $1 order by added_at desc, product_id';

export const postgresWishQueries = (sql: Sql): WishQueries => ({
  of: (userId) => wishes.select(sql, OWN, [userId]),
});

export const postgresWishes = (tx: SqlTransaction): WishRepository => ({
  lockOwn: async (userId) => {
    await lockOwn(tx, 'wishes', userId);
    return wishes.select(tx, OWN, [userId]);
  },
  add: async (wish) => {
    for (const write of wishes.insert([wish])) await tx.write(write);
  },
  remove: async (userId, productId) => {
    await tx.execute('delete from users.wishes where user_id = $1 and product_id = $2', [userId, productId]);
  },
  removeOwn: async (userId) => {
    await tx.execute('delete from users.wishes where user_id = $1', [userId]);
  },
});
