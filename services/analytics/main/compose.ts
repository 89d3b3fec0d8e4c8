import { Container, type ContainerModule } from 'inversify';
import type { Attachment, Composition, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer, UNHURRIED_MS } from '#adapters/service/parts.ts';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { memoryWarehouse } from '../adapters/memory/memory-warehouse.ts';
import { makeEventHandlers } from '../adapters/messaging/consumer.ts';
import type { Warehouse } from '../core/ports/warehouse.ts';
import { readSettings } from './settings.ts';

/** What the profile decides: where it is kept which events are handled. */
const Storage = { UnitOfWork: token<UnitOfWork<BaseTx>>('UnitOfWork') };

const storage = (toolbox: Toolbox): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({ UnitOfWork: () => memoryUnitOfWork(toolbox, database, () => ({})) }),
    sql: (store) => ({ UnitOfWork: () => sqlUnitOfWork(toolbox, store, () => ({})) }),
  });

/** The driver is loaded only where there is a file. */
const openWarehouse = async (file: string | undefined): Promise<Warehouse> => {
  if (file === undefined) return memoryWarehouse();
  const { openDuckdbWarehouse } = await import('../adapters/duckdb/duckdb-warehouse.ts');
  return openDuckdbWarehouse(file);
};

export const compose = async (toolbox: Toolbox): Promise<Composition> => {
  const { clock, env, store } = toolbox;
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const { timeZone, file } = readSettings(env, store.kind !== 'memory');
  const warehouse = await openWarehouse(file);
  const closing: Attachment = { start: () => Promise.resolve(), stop: () => warehouse.close() };
  return {
    handlers: makeHandlers({ warehouse, clock, timeZone }),
    errors,
    consumers: [
      makeConsumer(toolbox, container.get(Storage.UnitOfWork), 'analytics', makeEventHandlers(warehouse), {
        gatherMs: UNHURRIED_MS,
      }),
    ],
    attachments: [closing],
  };
};
