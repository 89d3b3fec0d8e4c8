import type { MongoUnit } from '#adapters/mongo/unit-of-work.ts';
import type { CommonStore, MongoStore, Toolbox } from '#adapters/service/module.ts';
import { mongoUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import { audited } from '../adapters/audited.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { followedByRating, isBehind, makeSettleRating } from '../adapters/mongo/following-ratings.ts';
import { mongoRecordQueries, mongoRecords } from '../adapters/mongo/records.mongo.ts';
import { queriesIn, repositoriesIn } from '../adapters/stores.ts';
import { makeRecountRating } from '../core/application/publish-ratings.ts';
import type { ReviewTx } from '../core/ports/review-tx.ts';

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

export const mongoStorage = (toolbox: StorageTools, store: MongoStore) => {
  const { unitOfWork, settle } = ratingsOnMongo(toolbox, store);
  return {
    UnitOfWork: () => followedByRating(unitOfWork, settle),
    Queries: () =>
      queriesIn(
        (kind) => mongoRecordQueries(store.database, kind),
        (productId) => isBehind(store.database, productId),
      ),
  };
};
