import { memoryDocuments } from '#adapters/memory/documents.ts';
import { mongoDocuments } from '#adapters/mongo/aggregate-documents.ts';
import { postgresDocuments } from '#adapters/postgres/documents.ts';
import type { Store } from '#adapters/service/module.ts';
import { memoryUnitOfWork, mongoUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TestToolbox } from '#test/kit/toolbox.ts';
import { documentsIn } from '../adapters/documents.ts';
import { productJson } from '../adapters/http/mapping.ts';
import { memoryProductQueries, memoryProductRepository } from '../adapters/memory/memory-products.ts';
import { mongoProductQueries } from '../adapters/mongo/product-queries.mongo.ts';
import { mongoProductRepository } from '../adapters/mongo/product-repository.mongo.ts';
import { postgresProductQueries } from '../adapters/postgres/product-queries.postgres.ts';
import { postgresProductRepository } from '../adapters/postgres/product-repository.postgres.ts';
import type { CatalogTx } from '../core/ports/catalog-tx.ts';
import type { ProductQueries } from '../core/ports/product-queries.ts';

/** The adapters of the toolbox's store. */
export const openProducts = (
  toolbox: TestToolbox<Store>,
): { unitOfWork: UnitOfWork<CatalogTx>; queries: ProductQueries } => {
  const { store } = toolbox;
  switch (store.kind) {
    case 'memory':
      return {
        unitOfWork: memoryUnitOfWork(toolbox, store.database, (tx) => ({
          products: memoryProductRepository(tx),
          ...documentsIn((kind) => memoryDocuments(tx, kind)),
        })),
        queries: memoryProductQueries(store.database, productJson),
      };
    case 'sql':
      return {
        unitOfWork: sqlUnitOfWork(toolbox, store, (tx) => ({
          products: postgresProductRepository(tx, productJson),
          ...documentsIn((kind) => postgresDocuments(tx, store.schema, kind)),
        })),
        queries: postgresProductQueries(store.database, productJson),
      };
    case 'mongo':
      return {
        unitOfWork: mongoUnitOfWork(toolbox, store, (unit) => ({
          products: mongoProductRepository(unit),
          ...documentsIn((kind) => mongoDocuments(unit, kind)),
        })),
        queries: mongoProductQueries(store.database, productJson),
      };
    case 'redis':
      throw new Error('products are not kept in Redis');
  }
};
