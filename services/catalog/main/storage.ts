import type { ContainerModule } from 'inversify';
import { memoryChunks } from '#adapters/memory/chunks.ts';
import { memoryDocumentQueries, memoryDocuments } from '#adapters/memory/documents.ts';
import { mongoChunks } from '#adapters/mongo/chunks.ts';
import { mongoDocumentQueries, mongoDocuments } from '#adapters/mongo/aggregate-documents.ts';
import { postgresChunks } from '#adapters/postgres/chunks.ts';
import { postgresDocumentQueries, postgresDocuments } from '#adapters/postgres/documents.ts';
import type { CommonStore, MongoStore, Toolbox } from '#adapters/service/module.ts';
import { storageOn } from '#adapters/service/storage.ts';
import type { Sweep } from '#adapters/service/sweeps.ts';
import { token } from '#adapters/service/token.ts';
import {
  memoryUnitOfWork,
  mongoUnitOfWork,
  recentOf,
  sqlUnitOfWork,
} from '#adapters/service/unit-of-work.ts';
import type { Chunks } from '#kernel/chunks.ts';
import { DAY } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { audited } from '../adapters/audited.ts';
import { documentQueriesIn, documentsIn } from '../adapters/documents.ts';
import { productJson } from '../adapters/http/mapping.ts';
import {
  memoryProductQueries,
  memoryProductRepository,
  memoryRatingRepository,
} from '../adapters/memory/memory-products.ts';
import { memoryStaffQueries } from '../adapters/memory/memory-staff.ts';
import { makeBodyRefresh } from '../adapters/mongo/body-refresh.ts';
import { mongoProductQueries } from '../adapters/mongo/product-queries.mongo.ts';
import { mongoProductRepository } from '../adapters/mongo/product-repository.mongo.ts';
import { mongoRatingRepository } from '../adapters/mongo/ratings.mongo.ts';
import { mongoStaffQueries } from '../adapters/mongo/staff-queries.mongo.ts';
import { makeJsonRefresh } from '../adapters/postgres/json-refresh.ts';
import { postgresProductQueries } from '../adapters/postgres/product-queries.postgres.ts';
import { postgresProductRepository } from '../adapters/postgres/product-repository.postgres.ts';
import { postgresRatingRepository } from '../adapters/postgres/ratings.postgres.ts';
import { postgresStaffQueries } from '../adapters/postgres/staff-queries.postgres.ts';
import type { CatalogDocumentQueries, CatalogTx } from '../core/ports/catalog-tx.ts';
import type { ProductQueries } from '../core/ports/product-queries.ts';
import type { StaffQueries } from '../core/ports/staff-queries.ts';

/** What the profile decides: where the state is. */
export const Storage = {
  UnitOfWork: token<UnitOfWork<CatalogTx>>('UnitOfWork'),
  Queries: token<ProductQueries>('ProductQueries'),
  Staff: token<StaffQueries>('StaffQueries'),
  Documents: token<CatalogDocumentQueries>('CatalogDocumentQueries'),
  Chunks: token<Chunks>('Chunks'),
};

export const storage = (toolbox: Toolbox<CommonStore | MongoStore>): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({
      UnitOfWork: () =>
        memoryUnitOfWork(
          toolbox,
          database,
          (tx) => ({
            products: memoryProductRepository(tx),
            ratings: memoryRatingRepository(tx),
            ...documentsIn((kind) => memoryDocuments(tx, kind)),
          }),
          audited,
        ),
      Queries: () => memoryProductQueries(database, productJson),
      Staff: () => memoryStaffQueries(database),
      Documents: () => documentQueriesIn((kind) => memoryDocumentQueries(database, kind)),
      Chunks: () => memoryChunks(database),
    }),
    mongo: (store) => ({
      UnitOfWork: () =>
        mongoUnitOfWork(
          toolbox,
          store,
          (unit) => ({
            products: mongoProductRepository(unit),
            ratings: mongoRatingRepository(unit),
            ...documentsIn((kind) => mongoDocuments(unit, kind)),
          }),
          audited,
        ),
      Queries: () => mongoProductQueries(store.database, productJson),
      Staff: () => mongoStaffQueries(store.database),
      Documents: () => documentQueriesIn((kind) => mongoDocumentQueries(store.database, kind)),
      Chunks: () => mongoChunks(store.database),
    }),
    sql: (store) => ({
      UnitOfWork: () =>
        sqlUnitOfWork(
          toolbox,
          store,
          (tx) => ({
            products: postgresProductRepository(tx, productJson),
            ratings: postgresRatingRepository(tx),
            ...documentsIn((kind) => postgresDocuments(tx, store.schema, kind)),
          }),
          audited,
        ),
      Queries: () => postgresProductQueries(store.database, productJson, recentOf(toolbox, store)),
      Staff: () => postgresStaffQueries(store.database),
      Documents: () =>
        documentQueriesIn((kind) => postgresDocumentQueries(store.database, store.schema, kind)),
      Chunks: () => postgresChunks(store.database, store.schema),
    }),
  });

/** Brings up to date what earlier releases stored beside or in the documents of products. */
export const upgrades = (toolbox: Toolbox<CommonStore | MongoStore>): Sweep[] => {
  const { store } = toolbox;
  if (store.kind === 'memory') return [];
  const refresh =
    store.kind === 'sql'
      ? makeJsonRefresh(store.database, productJson)
      : makeBodyRefresh(
          store.database,
          mongoUnitOfWork(toolbox, store, (unit) => ({ unit })),
        );
  return [{ name: 'products of earlier releases', everyMs: DAY, sweep: refresh }];
};
