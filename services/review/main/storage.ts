import type { ContainerModule } from 'inversify';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { audited } from '../adapters/audited.ts';
import { memoryRecordQueries, memoryRecords } from '../adapters/memory/memory-records.ts';
import { postgresRecordQueries, postgresRecords } from '../adapters/postgres/records.postgres.ts';
import { queriesIn, repositoriesIn, type Queries } from '../adapters/stores.ts';
import type { ReviewTx } from '../core/ports/review-tx.ts';
import { mongoStorage, type StorageTools } from './storage.mongo.ts';

/** What the profile decides: where the state is. */
export const Storage = {
  UnitOfWork: token<UnitOfWork<ReviewTx>>('UnitOfWork'),
  Queries: token<Queries>('Queries'),
};

export const storage = (toolbox: StorageTools): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({
      UnitOfWork: () =>
        memoryUnitOfWork(
          toolbox,
          database,
          (tx) => repositoriesIn((kind) => memoryRecords(tx, kind)),
          audited,
        ),
      Queries: () => queriesIn((kind) => memoryRecordQueries(database, kind)),
    }),
    mongo: (store) => mongoStorage(toolbox, store),
    sql: (store) => ({
      UnitOfWork: () =>
        sqlUnitOfWork(
          toolbox,
          store,
          (tx) => repositoriesIn((kind) => postgresRecords(tx, store.schema, kind)),
          audited,
        ),
      Queries: () => queriesIn((kind) => postgresRecordQueries(store.database, store.schema, kind)),
    }),
  });
