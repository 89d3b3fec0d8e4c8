import { Container } from 'inversify';
import type { MongoStore, CommonStore, Store } from '#adapters/service/module.ts';
import type { Chunks } from '#kernel/chunks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TestToolbox } from '#test/kit/toolbox.ts';
import type { CatalogDocumentQueries, CatalogTx } from '../core/ports/catalog-tx.ts';
import type { ProductQueries } from '../core/ports/product-queries.ts';
import type { StaffQueries } from '../core/ports/staff-queries.ts';
import { storage, Storage } from '../main/storage.ts';

export interface Opened {
  readonly unitOfWork: UnitOfWork<CatalogTx>;
  readonly queries: ProductQueries;
  readonly staff: StaffQueries;
  readonly documents: CatalogDocumentQueries;
  readonly chunks: Chunks;
}

const hasProducts = (toolbox: TestToolbox<Store>): toolbox is TestToolbox<CommonStore | MongoStore> =>
  toolbox.store.kind !== 'redis';

/** The adapters of the toolbox's store, as the service binds them. */
export const openProducts = (toolbox: TestToolbox<Store>): Opened => {
  if (!hasProducts(toolbox)) throw new Error('products are not kept in Redis');
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  return {
    unitOfWork: container.get(Storage.UnitOfWork),
    queries: container.get(Storage.Queries),
    staff: container.get(Storage.Staff),
    documents: container.get(Storage.Documents),
    chunks: container.get(Storage.Chunks),
  };
};
