import { randomUUID } from 'node:crypto';
import type { MemoryTransaction } from '#adapters/memory/memory-database.ts';
import type { Shoppers } from '../../core/ports/analytics-tx.ts';

/** Of an erased user. */
const NONE = '';

export const memoryShoppers = (tx: MemoryTransaction): Shoppers => {
  const shoppers = tx.table<string>('shoppers');
  const find = (userId: string): string | undefined => {
    const found = shoppers.get(userId);
    return found === NONE ? undefined : found;
  };
  const known = (userIds: readonly string[]): ReadonlyMap<string, string> => {
    const pairs = userIds.map((id) => [id, find(id)] as const);
    return new Map(pairs.flatMap(([id, one]) => (one === undefined ? [] : [[id, one] as const])));
  };
  return {
    of: (userIds) => {
      for (const id of userIds) if (shoppers.get(id) === undefined) shoppers.put(id, randomUUID());
      return Promise.resolve(known(userIds));
    },
    known: (userIds) => Promise.resolve(known(userIds)),
    forget: (userId) => {
      const had = find(userId) !== undefined;
      shoppers.put(userId, NONE);
      return Promise.resolve(had);
    },
  };
};
