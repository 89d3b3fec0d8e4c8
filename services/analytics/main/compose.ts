import { Container, type ContainerModule } from 'inversify';
import type { Attachment, Composition, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { memoryWarehouse } from '../adapters/memory/memory-warehouse.ts';
import { makeEventHandlers } from '../adapters/messaging/consumer.ts';
import type { Warehouse } from '../core/ports/warehouse.ts';
import { readCassandra, readFile, readTimeZone } from './settings.ts';

/** A batch costs DuckDB some 10 ms, however small it is; charts can be a second behind. */
const GATHER_MS = 1_000;

/** What the profile decides: where it is kept which events are handled. */
const Storage = { UnitOfWork: token<UnitOfWork<BaseTx>>('UnitOfWork') };

const storage = (toolbox: Toolbox): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({ UnitOfWork: () => memoryUnitOfWork(toolbox, database, () => ({})) }),
    sql: (store) => ({ UnitOfWork: () => sqlUnitOfWork(toolbox, store, () => ({})) }),
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
  const { clock, env } = toolbox;
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const warehouse = await openWarehouse(toolbox);
  const closing: Attachment = { start: () => Promise.resolve(), stop: () => warehouse.close() };
  return {
    handlers: makeHandlers({ warehouse, clock, timeZone: readTimeZone(env) }),
    errors,
    consumers: [
      makeConsumer(toolbox, container.get(Storage.UnitOfWork), 'analytics', makeEventHandlers(warehouse), {
        gatherMs: GATHER_MS,
      }),
    ],
    attachments: [closing],
  };
};
