import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import type { Wish } from '../../core/domain/wish.ts';
import type { WishQueries } from '../../core/ports/user-queries.ts';
import type { WishRepository } from '../../core/ports/user-tx.ts';

const wishesOf = (tables: MemoryTables) => tables.table<Wish>('wishes');
const keyOf = (userId: string, productId: string): string => `${userId} ${productId}`;

const own = (tables: MemoryTables, userId: string): readonly Wish[] =>
  wishesOf(tables)
    .find((wish) => wish.userId === userId)
    .sort((a, b) => b.addedAt.getTime() - a.addedAt.getTime() || (a.productId < b.productId ? -1 : 1));

export const memoryWishQueries = ({ committed }: MemoryDatabase): WishQueries => ({
  of: (userId) => Promise.resolve(own(committed, userId)),
});

export const memoryWishes = (tx: MemoryTransaction): WishRepository => ({
  lockOwn: (userId) => Promise.resolve(own(tx, userId)),
  add: async (wish) => {
    wishesOf(tx).put(keyOf(wish.userId, wish.productId), wish);
    await Promise.resolve();
  },
  remove: async (userId, productId) => {
    wishesOf(tx).delete(keyOf(userId, productId));
    await Promise.resolve();
  },
  removeOwn: async (userId) => {
    for (const { productId } of own(tx, userId)) wishesOf(tx).delete(keyOf(userId, productId));
    await Promise.resolve();
  },
});
