import { Container, type ContainerModule } from 'inversify';
import type { Attachment, Composition, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { SECOND } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { httpProducts } from '../adapters/clients/catalog.http.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { memoryLakeQueue, memoryLakeRows } from '../adapters/memory/memory-lake-queue.ts';
import { memoryShoppers } from '../adapters/memory/memory-shoppers.ts';
import { memoryWarehouse } from '../adapters/memory/memory-warehouse.ts';
import { claimFacts } from '../adapters/messaging/claim-facts.ts';
import { makeEventHandlers, withPseudonyms } from '../adapters/messaging/consumer.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { lakeHandlers, withoutLake } from '../adapters/messaging/lake-consumer.ts';
import { postgresLakeQueue, postgresLakeRows } from '../adapters/postgres/lake-queue.postgres.ts';
import { postgresShoppers } from '../adapters/postgres/shoppers.postgres.ts';
import { makeFillLake } from '../core/application/fill-lake.ts';
import { makeFindShoppers } from '../core/application/find-shoppers.ts';
import { makePersonalData } from '../core/application/personal-data.ts';
import { makeReportBehaviour } from '../core/application/report-behaviour.ts';
import type { AnalyticsTx } from '../core/ports/analytics-tx.ts';
import type { LakeQueue } from '../core/ports/lake.ts';
import type { Warehouse } from '../core/ports/warehouse.ts';
import { openLake } from './lake.ts';
import { readCassandra, readFile, readLake, readTimeZone } from './settings.ts';

/** A batch costs DuckDB some 10 ms, however small it is; charts can be a second behind. */
const GATHER_MS = 1_000;

/** What the profile decides: where it is kept which events are handled, who is who, and what waits for the lake. */
const Storage = {
  UnitOfWork: token<UnitOfWork<AnalyticsTx>>('UnitOfWork'),
  LakeQueue: token<LakeQueue>('LakeQueue'),
};

/** How often the warehouse adds up what came meanwhile, so that a chart need not wait for it. */
const KEEP_UP_MS = 30 * SECOND;

/** A shopper's page reports in the background, and a report may be lost. */
const SHORT = { timeoutMs: 800, retries: 1 };

const storage = (toolbox: Toolbox): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({
      UnitOfWork: () =>
        memoryUnitOfWork(toolbox, database, (tx) => ({
          shoppers: memoryShoppers(tx),
          lake: memoryLakeRows(tx),
        })),
      LakeQueue: () => memoryLakeQueue(database),
    }),
    sql: (store) => ({
      UnitOfWork: () =>
        sqlUnitOfWork(toolbox, store, (tx) => ({
          shoppers: postgresShoppers(tx),
          lake: postgresLakeRows(tx),
        })),
      LakeQueue: () => postgresLakeQueue(store.database),
    }),
  });

/** In Cassandra where there is one, in a file of this process otherwise. Only the driver that is needed is loaded. */
const openWarehouse = async ({ env, store }: Toolbox): Promise<Warehouse> => {
  if (store.kind === 'memory') return memoryWarehouse();
  if (env['CASSANDRA_CONTACTS'] === undefined) {
    const { openDuckdbWarehouse } = await import('../adapters/duckdb/duckdb-warehouse.ts');
    return openDuckdbWarehouse(readFile(env));
  }
  const { openCassandraWarehouse } = await import('../adapters/cassandra/cassandra-warehouse.ts');
  return openCassandraWarehouse(readCassandra(env));
};

export const compose = async (toolbox: Toolbox): Promise<Composition> => {
  const { clock, env, ids } = toolbox;
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const warehouse = await openWarehouse(toolbox);
  const unitOfWork = container.get(Storage.UnitOfWork);
  const lakeSettings = readLake(env);
  const lake = await openLake(toolbox, lakeSettings);
  const closing: Attachment = {
    start: () => Promise.resolve(),
    stop: async () => {
      await warehouse.close();
      await lake?.close();
    },
  };
  return {
    handlers: makeHandlers({
      reportBehaviour: makeReportBehaviour({
        unitOfWork,
        products: httpProducts(toolbox.client('catalog', SHORT)),
        clock,
        claim: claimFacts,
        toWire,
      }),
      findShoppers: makeFindShoppers(unitOfWork),
      personalData: makePersonalData(unitOfWork),
      warehouse,
      ids,
      clock,
      timeZone: readTimeZone(env),
    }),
    errors,
    consumers: [
      withPseudonyms(
        makeConsumer(toolbox, unitOfWork, 'analytics', makeEventHandlers(warehouse), {
          gatherMs: GATHER_MS,
        }),
        unitOfWork,
      ),
      makeConsumer(toolbox, unitOfWork, 'analytics.lake', lake ? lakeHandlers : withoutLake, {
        gatherMs: GATHER_MS,
      }),
    ],
    attachments: [closing],
    sweeps: [
      { name: 'sums of the warehouse', everyMs: KEEP_UP_MS, sweep: () => warehouse.keepUp() },
      ...(lake
        ? [
            {
              name: 'events on their way to the lake',
              everyMs: lakeSettings.everyMs,
              sweep: makeFillLake(container.get(Storage.LakeQueue), lake),
            },
          ]
        : []),
    ],
  };
};
