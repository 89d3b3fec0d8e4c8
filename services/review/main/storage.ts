import type { ContainerModule } from 'inversify';
import type { CommonStore, MongoStore, Toolbox } from '#adapters/service/module.ts';
import type { MongoUnit } from '#adapters/mongo/unit-of-work.ts';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, mongoUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { audited } from '../adapters/audited.ts';
import { memoryRecordQueries, memoryRecords } from '../adapters/memory/memory-records.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { followedByRating, isBehind, makeSettleRating } from '../adapters/mongo/following-ratings.ts';
import { mongoRecordQueries, mongoRecords } from '../adapters/mongo/records.mongo.ts';
import { postgresRecordQueries, postgresRecords } from '../adapters/postgres/records.postgres.ts';
import { queriesIn, repositoriesIn, type Queries } from '../adapters/stores.ts';
import { makeRecountRating } from '../core/application/publish-ratings.ts';
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

/** How ratings follow the reviews on MongoDB. */
export const ratingsOnMongo = (toolbox: StorageTools, store: MongoStore) => {
  const unitOfWork = mongoUnitOfWork<Omit<ReviewTx, keyof BaseTx> & { readonly unit: MongoUnit }>(
    toolbox,
    store,
    (unit) => ({ unit, ...repositoriesIn((kind) => mongoRecords(unit, kind)) }),
    audited,
  );
  return { unitOfWork, settle: makeSettleRating(store.database, unitOfWork, makeRecountRating(toWire)) };
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
    mongo: (store) => {
      const { unitOfWork, settle } = ratingsOnMongo(toolbox, store);
      return {
        UnitOfWork: () => followedByRating(unitOfWork, settle),
        Queries: () =>
          queriesIn(
            (kind) => mongoRecordQueries(store.database, kind),
            (productId) => isBehind(store.database, productId),
          ),
      };
    },
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
