import { Container } from 'inversify';
import type { CommonStore, MongoStore, Store } from '#adapters/service/module.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TestToolbox } from '#test/kit/toolbox.ts';
import type { Queries } from '../adapters/stores.ts';
import type { ReviewTx } from '../core/ports/review-tx.ts';
import { makeRepair } from '../main/repair.ts';
import { storage, Storage } from '../main/storage.ts';

export interface Opened extends Queries {
  readonly unitOfWork: UnitOfWork<ReviewTx>;
  readonly repair: () => Promise<number>;
}

const hasReviews = (toolbox: TestToolbox<Store>): toolbox is TestToolbox<CommonStore | MongoStore> =>
  toolbox.store.kind !== 'redis';

/** The adapters of the toolbox's store, as the service binds them. */
export const openReviews = (toolbox: TestToolbox<Store>): Opened => {
  if (!hasReviews(toolbox)) throw new Error('reviews are not kept in Redis');
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  return {
    unitOfWork: container.get(Storage.UnitOfWork),
    repair: makeRepair(toolbox),
    ...container.get(Storage.Queries),
  };
};
