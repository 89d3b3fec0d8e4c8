import type { Store } from '#adapters/service/module.ts';
import {
  memoryUnitOfWork,
  recentOf,
  redisUnitOfWork,
  sqlUnitOfWork,
} from '#adapters/service/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TestToolbox } from '#test/kit/toolbox.ts';
import { memoryCartExpiry, memoryRepositories } from '../adapters/memory/memory-carts.ts';
import { postgresCartExpiry } from '../adapters/postgres/cart-expiry.postgres.ts';
import { postgresRepositories } from '../adapters/postgres/repositories.postgres.ts';
import { redisCartExpiry, redisRepositories } from '../adapters/redis/repositories.redis.ts';
import type { CartExpiry, CartTx } from '../core/ports/cart-tx.ts';

/** The cart's ports on the store of `toolbox`. */
export const openCarts = (
  toolbox: TestToolbox<Store>,
): { readonly unitOfWork: UnitOfWork<CartTx>; readonly expiry: CartExpiry } => {
  const { store, clock } = toolbox;
  switch (store.kind) {
    case 'memory':
      return {
        unitOfWork: memoryUnitOfWork(toolbox, store.database, memoryRepositories),
        expiry: memoryCartExpiry(store.database),
      };
    case 'sql':
      return {
        unitOfWork: sqlUnitOfWork(toolbox, store, postgresRepositories),
        expiry: postgresCartExpiry(store.database, recentOf(toolbox, store)),
      };
    case 'redis':
      return {
        unitOfWork: redisUnitOfWork(toolbox, store, redisRepositories(store.prefix, clock)),
        expiry: redisCartExpiry,
      };
    case 'mongo':
      throw new Error('carts are not kept in MongoDB');
  }
};
