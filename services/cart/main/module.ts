import { createHmac } from 'node:crypto';
import { Container, ContainerModule } from 'inversify';
import { z } from 'zod';
import { msSetting, readConfig } from '#adapters/service/config.ts';
import type {
  CommonStore,
  Composition,
  RedisStore,
  ServiceModule,
  Toolbox,
} from '#adapters/service/module.ts';
import { makeConsumer, UNHURRIED_MS } from '#adapters/service/parts.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, redisUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { HOUR } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { httpCatalog } from '../adapters/clients/catalog.http.ts';
import { httpStock } from '../adapters/clients/inventory.http.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers, type CartUseCases } from '../adapters/http/handlers.ts';
import { memoryCartExpiry, memoryRepositories } from '../adapters/memory/memory-carts.ts';
import { makeEventHandlers } from '../adapters/messaging/consumer.ts';
import { postgresCartExpiry } from '../adapters/postgres/cart-expiry.postgres.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
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
import { makeUnitsOfCart } from '../core/application/units-of-cart.ts';
import type { CartExpiry, CartTx } from '../core/ports/cart-tx.ts';
import type { Catalog, Stock } from '../core/ports/neighbours.ts';

const UnitOfWorkPort = token<UnitOfWork<CartTx>>('UnitOfWork');
const ExpiryPort = token<CartExpiry>('CartExpiry');
const CatalogPort = token<Catalog>('Catalog');
const StockPort = token<Stock>('Stock');
const UseCases = token<CartUseCases>('CartUseCases');

const settings = {
  CART_TOKEN_SECRET: z.string().min(32).optional(),
  CART_SWEEP_MS: msSetting(HOUR),
};

/** A customer waits for these calls. They are reads, so they may be retried. */
const SHORT = { timeoutMs: 800, retries: 1 };

/** The adapters of this profile. */
const adapters = (toolbox: Toolbox<CommonStore | RedisStore>): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { store, client, clock } = toolbox;
    if (store.kind === 'memory') {
      const { database } = store;
      bind(UnitOfWorkPort).toResolvedValue(() => memoryUnitOfWork(toolbox, database, memoryRepositories));
      bind(ExpiryPort).toResolvedValue(() => memoryCartExpiry(database));
    } else if (store.kind === 'redis') {
      const repositories = redisRepositories(store.prefix, clock);
      bind(UnitOfWorkPort).toResolvedValue(() => redisUnitOfWork(toolbox, store, repositories));
      bind(ExpiryPort).toResolvedValue(() => redisCartExpiry);
    } else {
      bind(UnitOfWorkPort).toResolvedValue(() => sqlUnitOfWork(toolbox, store, postgresRepositories));
      bind(ExpiryPort).toResolvedValue(() => postgresCartExpiry(store.database));
    }
    bind(CatalogPort).toResolvedValue(() => httpCatalog(client('catalog', SHORT)));
    bind(StockPort).toResolvedValue(() => httpStock(client('inventory', SHORT)));
  });

const application = ({ ids, clock }: Toolbox<CommonStore | RedisStore>): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(UseCases).toResolvedValue(
      (unitOfWork: UnitOfWork<CartTx>, catalog: Catalog, stock: Stock): CartUseCases => {
        const units = makeUnitsOfCart(unitOfWork);
        const getCart = makeGetCart(unitOfWork, clock);
        return {
          getCart,
          findSold: makeFindSold(catalog),
          addItem: makeAddItem(units, catalog, stock, ids, clock),
          changeQuantity: makeChangeQuantity(units, getCart, stock, clock),
          removeItem: makeRemoveItem(units, clock),
          emptyCart: makeEmptyCart(units, clock),
          mergeCart: makeMergeCart(units, clock),
        };
      },
      [UnitOfWorkPort, CatalogPort, StockPort],
    );
  });

/** All instances of the service share its key, and so a secret derived from it. */
const secretFrom = ({ key }: Toolbox<CommonStore | RedisStore>): string => {
  if (key.d === undefined) throw new Error('the signing key has no private part');
  return createHmac('sha256', key.d).update('cart tokens').digest('base64url');
};

const compose = (toolbox: Toolbox<CommonStore | RedisStore>): Composition => {
  const { clock, ids, env } = toolbox;
  const { CART_TOKEN_SECRET: secret = secretFrom(toolbox), CART_SWEEP_MS: sweepMs } = readConfig(
    settings,
    env,
  );
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(adapters(toolbox), application(toolbox));
  const expiry = container.get(ExpiryPort);
  const tokens = makeCartTokens(secret);
  const events = makeEventHandlers(makeTakeOrdered(clock), makeGiveBack(clock));
  return {
    handlers: makeHandlers(container.get(UseCases), makeAccess(tokens), tokens, ids),
    errors,
    consumers: [
      makeConsumer(toolbox, container.get(UnitOfWorkPort), 'cart', events, { gatherMs: UNHURRIED_MS }),
    ],
    sweeps: [{ name: 'expired carts', everyMs: sweepMs, sweep: (now) => expiry.sweep(now) }],
  };
};

export const cart: ServiceModule = {
  name: 'cart',
  store: 'redis',
  spec: new URL('../../../openapi/cart.yaml', import.meta.url),
  migrations,
  compose,
};
