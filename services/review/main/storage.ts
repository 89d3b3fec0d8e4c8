import { ContainerModule } from 'inversify';
import type { CommonStore, MongoStore, Toolbox } from '#adapters/service/module.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, mongoUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { audited } from '../adapters/audited.ts';
import { memoryRecordQueries, memoryRecords } from '../adapters/memory/memory-records.ts';
import { mongoRecordQueries, mongoRecords } from '../adapters/mongo/records.mongo.ts';
import { postgresRecordQueries, postgresRecords } from '../adapters/postgres/records.postgres.ts';
import { queriesIn, repositoriesIn, type Queries } from '../adapters/stores.ts';
import type { ReviewTx } from '../core/ports/review-tx.ts';

/** What the profile decides: where the state is. */
export const Storage = {
  UnitOfWork: token<UnitOfWork<ReviewTx>>('UnitOfWork'),
  Queries: token<Queries>('Queries'),
};

/** What a unit of work needs. */
export type StorageTools = Pick<
  Toolbox<CommonStore | MongoStore>,
  'store' | 'seal' | 'clock' | 'wakeRelay' | 'handOver' | 'slotFor' | 'wakeTasks'
>;

export const storage = (toolbox: StorageTools): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { store } = toolbox;
    if (store.kind === 'memory') {
      const { database } = store;
      bind(Storage.UnitOfWork).toResolvedValue(() =>
        memoryUnitOfWork(
          toolbox,
          database,
          (tx) => repositoriesIn((kind) => memoryRecords(tx, kind)),
          audited,
        ),
      );
      bind(Storage.Queries).toResolvedValue(() => queriesIn((kind) => memoryRecordQueries(database, kind)));
    } else if (store.kind === 'mongo') {
      const { database } = store;
      bind(Storage.UnitOfWork).toResolvedValue(() =>
        mongoUnitOfWork(
          toolbox,
          store,
          (unit) => repositoriesIn((kind) => mongoRecords(unit, kind)),
          audited,
        ),
      );
      bind(Storage.Queries).toResolvedValue(() => queriesIn((kind) => mongoRecordQueries(database, kind)));
    } else {
      const { database, schema } = store;
      bind(Storage.UnitOfWork).toResolvedValue(() =>
        sqlUnitOfWork(
          toolbox,
          store,
          (tx) => repositoriesIn((kind) => postgresRecords(tx, schema, kind)),
          audited,
        ),
      );
      bind(Storage.Queries).toResolvedValue(() =>
        queriesIn((kind) => postgresRecordQueries(database, schema, kind)),
      );
    }
  });
