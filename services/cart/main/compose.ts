import { createHmac } from 'node:crypto';
import { Container, type ContainerModule } from 'inversify';
import { z } from 'zod';
import { msSetting, readConfig } from '#adapters/service/config.ts';
import type { CommonStore, Composition, RedisStore, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer, UNHURRIED_MS } from '#adapters/service/parts.ts';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import {
  memoryUnitOfWork,
  recentOf,
  redisUnitOfWork,
  sqlUnitOfWork,
} from '#adapters/service/unit-of-work.ts';
import { HOUR } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { httpCatalog } from '../adapters/clients/catalog.http.ts';
import { httpStock } from '../adapters/clients/inventory.http.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers, type CartUseCases } from '../adapters/http/handlers.ts';
import { memoryCartExpiry, memoryRepositories } from '../adapters/memory/memory-carts.ts';
import { makeEventHandlers } from '../adapters/messaging/consumer.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { postgresCartExpiry } from '../adapters/postgres/cart-expiry.postgres.ts';
import { postgresRepositories } from '../adapters/postgres/repositories.postgres.ts';
import { redisCartExpiry, redisRepositories } from '../adapters/redis/repositories.redis.ts';
import { makeAccess } from '../adapters/security/access.ts';
import { makeCartTokens } from '../adapters/security/cart-tokens.ts';
import { makeAddItem } from '../core/application/add-item.ts';
import { makeChangeQuantity, makeEmptyCart, makeRemoveItem } from '../core/application/change-cart.ts';
import { makeFindSold } from '../core/application/find-sold.ts';
import { makeGiveBack, makeTakeOrdered } from '../core/application/follow-orders.ts';
import { makeGetCart } from '../core/application/load-cart.ts';
import { makeMergeCart } from '../core/application/merge-cart.ts';
import { makePersonalData } from '../core/application/personal-data.ts';
import { makeUnitsOfCart } from '../core/application/units-of-cart.ts';
import type { CartExpiry, CartTx } from '../core/ports/cart-tx.ts';

/** What the profile decides: where the state is. */
const Storage = {
  UnitOfWork: token<UnitOfWork<CartTx>>('UnitOfWork'),
  Expiry: token<CartExpiry>('CartExpiry'),
};

const settings = {
  CART_TOKEN_SECRET: z.string().min(32).optional(),
  CART_SWEEP_MS: msSetting(HOUR),
};

/** A customer waits for these calls. They are reads, so they may be retried. */
const SHORT = { timeoutMs: 800, retries: 1 };

const storage = (toolbox: Toolbox<CommonStore | RedisStore>): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({
      UnitOfWork: () => memoryUnitOfWork(toolbox, database, memoryRepositories),
      Expiry: () => memoryCartExpiry(database),
    }),
    redis: (store) => ({
      UnitOfWork: () => redisUnitOfWork(toolbox, store, redisRepositories(store.prefix, toolbox.clock)),
      Expiry: () => redisCartExpiry,
    }),
    sql: (store) => ({
      UnitOfWork: () => sqlUnitOfWork(toolbox, store, postgresRepositories),
      Expiry: () => postgresCartExpiry(store.database, recentOf(toolbox, store)),
    }),
  });

const useCases = (
  { client, ids, clock }: Toolbox<CommonStore | RedisStore>,
  unitOfWork: UnitOfWork<CartTx>,
): CartUseCases => {
  const catalog = httpCatalog(client('catalog', SHORT));
  const stock = httpStock(client('inventory', SHORT));
  const units = makeUnitsOfCart(unitOfWork);
  const getCart = makeGetCart(unitOfWork, clock);
  return {
    getCart,
    findSold: makeFindSold(catalog),
    addItem: makeAddItem(units, catalog, stock, ids, clock, toWire),
    changeQuantity: makeChangeQuantity(units, getCart, stock, clock),
    removeItem: makeRemoveItem(units, clock),
    emptyCart: makeEmptyCart(units, clock),
    mergeCart: makeMergeCart(units, clock),
    personalData: makePersonalData(units, clock),
  };
};

/** All instances of the service share its key, and so a secret derived from it. */
const secretFrom = ({ key }: Toolbox<CommonStore | RedisStore>): string => {
  if (key.d === undefined) throw new Error('the signing key has no private part');
  return createHmac('sha256', key.d).update('cart tokens').digest('base64url');
};

export const compose = (toolbox: Toolbox<CommonStore | RedisStore>): Composition => {
  const { clock, ids, env } = toolbox;
  const { CART_TOKEN_SECRET: secret = secretFrom(toolbox), CART_SWEEP_MS: sweepMs } = readConfig(
    settings,
    env,
  );
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const unitOfWork = container.get(Storage.UnitOfWork);
  const expiry = container.get(Storage.Expiry);
  const tokens = makeCartTokens(secret);
  const events = makeEventHandlers(makeTakeOrdered(clock), makeGiveBack(clock));
  return {
    handlers: makeHandlers(useCases(toolbox, unitOfWork), makeAccess(tokens), tokens, ids),
    errors,
    consumers: [makeConsumer(toolbox, unitOfWork, 'cart', events, { gatherMs: UNHURRIED_MS })],
    sweeps: [{ name: 'expired carts', everyMs: sweepMs, sweep: (now) => expiry.sweep(now) }],
  };
};
