import { Container, ContainerModule } from 'inversify';
import { z } from 'zod';
import { readConfig } from '#adapters/service/config.ts';
import type { Composition, ServiceModule, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { Subscription } from '#kernel/event-bus.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers, type InventoryUseCases } from '../adapters/http/handlers.ts';
import { memoryRepositories, memoryStockQueries } from '../adapters/memory/memory-inventory.ts';
import { lockForBatch, makeEventHandlers } from '../adapters/messaging/consumer.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { postgresRepositories } from '../adapters/postgres/repositories.postgres.ts';
import { postgresStockQueries } from '../adapters/postgres/stock-queries.postgres.ts';
import { makeAdjustStock } from '../core/application/adjust-stock.ts';
import { makeFollowCatalog } from '../core/application/follow-catalog.ts';
import { makeMoveStock } from '../core/application/move-stock.ts';
import { makeSetThreshold } from '../core/application/set-threshold.ts';
import type { InventoryTx } from '../core/ports/inventory-tx.ts';
import type { StockQueries } from '../core/ports/stock-queries.ts';

const UnitOfWorkPort = token<UnitOfWork<InventoryTx>>('UnitOfWork');
const QueriesPort = token<StockQueries>('StockQueries');
const UseCases = token<InventoryUseCases>('InventoryUseCases');
const Consumer = token<Subscription>('Consumer');

const settings = { INVENTORY_LOW_STOCK_THRESHOLD: z.coerce.number().int().min(0).default(5) };

/** The adapters of this profile. */
const adapters = (toolbox: Toolbox): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { store } = toolbox;
    if (store.kind === 'memory') {
      const { database } = store;
      bind(UnitOfWorkPort).toResolvedValue(() => memoryUnitOfWork(toolbox, database, memoryRepositories));
      bind(QueriesPort).toResolvedValue(() => memoryStockQueries(database));
    } else {
      bind(UnitOfWorkPort).toResolvedValue(() => sqlUnitOfWork(toolbox, store, postgresRepositories));
      bind(QueriesPort).toResolvedValue(() => postgresStockQueries(store.database));
    }
  });

const application = (toolbox: Toolbox): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { ids, clock, env } = toolbox;
    const { INVENTORY_LOW_STOCK_THRESHOLD: threshold } = readConfig(settings, env);
    bind(UseCases).toResolvedValue(
      (unitOfWork: UnitOfWork<InventoryTx>, queries: StockQueries): InventoryUseCases => ({
        adjustStock: makeAdjustStock(unitOfWork, ids, clock),
        setThreshold: makeSetThreshold(unitOfWork),
        queries,
      }),
      [UnitOfWorkPort, QueriesPort],
    );
    bind(Consumer).toResolvedValue(
      (unitOfWork: UnitOfWork<InventoryTx>) => {
        const handlers = makeEventHandlers(makeMoveStock(ids, clock), makeFollowCatalog(threshold));
        return makeConsumer(toolbox, unitOfWork, 'inventory', handlers, { prepare: lockForBatch });
      },
      [UnitOfWorkPort],
    );
  });

const compose = (toolbox: Toolbox): Composition => {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(adapters(toolbox), application(toolbox));
  return {
    handlers: makeHandlers(container.get(UseCases)),
    errors,
    consumers: [container.get(Consumer)],
  };
};

export const inventory: ServiceModule = {
  name: 'inventory',
  spec: new URL('../../../openapi/inventory.yaml', import.meta.url),
  migrations,
  compose,
};
