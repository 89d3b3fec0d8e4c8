import { Container, type ContainerModule } from 'inversify';
import { z } from 'zod';
import { readConfig } from '#adapters/service/config.ts';
import type { Composition, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, recentOf, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { DAY, MINUTE } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { audited } from '../adapters/audited.ts';
import { httpCatalog } from '../adapters/clients/catalog.http.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { memoryRepositories, memoryStockQueries } from '../adapters/memory/inventory.memory.ts';
import { lockForBatch, makeEventHandlers } from '../adapters/messaging/consumer.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { postgresRepositories } from '../adapters/postgres/repositories.postgres.ts';
import { postgresStockQueries } from '../adapters/postgres/stock-queries.postgres.ts';
import { makeAdjustStock } from '../core/application/adjust-stock.ts';
import { makeAdjustStockBatch } from '../core/application/adjust-stock-batch.ts';
import { makeChangeCounts } from '../core/application/change-counts.ts';
import { makeChangeThresholds } from '../core/application/change-thresholds.ts';
import { makeFollowCatalog } from '../core/application/follow-catalog.ts';
import { makeLabelStock } from '../core/application/label-stock.ts';
import { makeMoveStock } from '../core/application/move-stock.ts';
import { makePublishAvailability, makePublishCounts } from '../core/application/publish-stock.ts';
import { makeSetThreshold } from '../core/application/set-threshold.ts';
import type { InventoryTx } from '../core/ports/inventory-tx.ts';
import type { StockQueries } from '../core/ports/stock-queries.ts';

/** Nobody waits for these calls, which read. */
const REPEATABLE = { timeoutMs: 5_000, retries: 2 };

const settings = { INVENTORY_LOW_STOCK_THRESHOLD: z.coerce.number().int().min(0).default(5) };

/** Chosen by the profile: where state is stored. */
const Storage = {
  UnitOfWork: token<UnitOfWork<InventoryTx>>('UnitOfWork'),
  Queries: token<StockQueries>('StockQueries'),
};

const storage = (toolbox: Toolbox): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({
      UnitOfWork: () => memoryUnitOfWork(toolbox, database, memoryRepositories, audited),
      Queries: () => memoryStockQueries(database),
    }),
    sql: (store) => ({
      UnitOfWork: () => sqlUnitOfWork(toolbox, store, postgresRepositories, audited),
      Queries: () => postgresStockQueries(store.database, recentOf(toolbox, store)),
    }),
  });

export const compose = (toolbox: Toolbox): Composition => {
  const { client, ids, clock, env } = toolbox;
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const unitOfWork = container.get(Storage.UnitOfWork);

  const { INVENTORY_LOW_STOCK_THRESHOLD: threshold } = readConfig(settings, env);
  const events = makeEventHandlers(
    makeMoveStock(ids, clock, toWire),
    makeFollowCatalog(threshold, clock, toWire),
  );
  return {
    handlers: makeHandlers({
      adjustStock: makeAdjustStock(unitOfWork, ids, clock, toWire),
      adjustStockBatch: makeAdjustStockBatch(unitOfWork, clock, toWire),
      changeCounts: makeChangeCounts(unitOfWork, ids, clock, toWire),
      changeThresholds: makeChangeThresholds(unitOfWork),
      setThreshold: makeSetThreshold(unitOfWork),
      queries: container.get(Storage.Queries),
    }),
    errors,
    sweeps: [
      {
        name: 'availability that was never published',
        everyMs: DAY,
        sweep: makePublishAvailability(unitOfWork, toWire),
      },
      {
        name: 'counts that were never published',
        everyMs: DAY,
        sweep: makePublishCounts(unitOfWork, clock, toWire),
      },
      {
        name: 'variants without a label',
        everyMs: 5 * MINUTE,
        sweep: makeLabelStock(unitOfWork, httpCatalog(client('catalog', REPEATABLE))),
      },
    ],
    consumers: [makeConsumer(toolbox, unitOfWork, 'inventory', events, { prepare: lockForBatch })],
  };
};
