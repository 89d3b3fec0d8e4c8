import { memoryDocumentQueries, memoryDocuments } from '#adapters/memory/documents.ts';
import { mongoDocumentQueries, mongoDocuments } from '#adapters/mongo/aggregate-documents.ts';
import { postgresDocumentQueries, postgresDocuments } from '#adapters/postgres/documents.ts';
import type { Store } from '#adapters/service/module.ts';
import { memoryUnitOfWork, mongoUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TestToolbox } from '#test/kit/toolbox.ts';
import { documentQueriesIn, documentsIn } from '../adapters/documents.ts';
import { productJson } from '../adapters/http/mapping.ts';
import { memoryProductQueries, memoryProductRepository } from '../adapters/memory/memory-products.ts';
import { memoryStaffQueries } from '../adapters/memory/memory-staff.ts';
import { mongoProductQueries } from '../adapters/mongo/product-queries.mongo.ts';
import { mongoProductRepository } from '../adapters/mongo/product-repository.mongo.ts';
import { mongoStaffQueries } from '../adapters/mongo/staff-queries.mongo.ts';
import { postgresProductQueries } from '../adapters/postgres/product-queries.postgres.ts';
import { postgresProductRepository } from '../adapters/postgres/product-repository.postgres.ts';
import { postgresStaffQueries } from '../adapters/postgres/staff-queries.postgres.ts';
import type { CatalogDocumentQueries, CatalogTx } from '../core/ports/catalog-tx.ts';
import type { ProductQueries } from '../core/ports/product-queries.ts';
import type { StaffQueries } from '../core/ports/staff-queries.ts';

export interface Opened {
  readonly unitOfWork: UnitOfWork<CatalogTx>;
  readonly queries: ProductQueries;
  readonly staff: StaffQueries;
  readonly documents: CatalogDocumentQueries;
}

/** The adapters of the toolbox's store. */
export const openProducts = (toolbox: TestToolbox<Store>): Opened => {
  const { store } = toolbox;
  switch (store.kind) {
    case 'memory': {
      const { database } = store;
      return {
        unitOfWork: memoryUnitOfWork(toolbox, database, (tx) => ({
          products: memoryProductRepository(tx),
          ...documentsIn((kind) => memoryDocuments(tx, kind)),
        })),
        queries: memoryProductQueries(database, productJson),
        staff: memoryStaffQueries(database),
        documents: documentQueriesIn((kind) => memoryDocumentQueries(database, kind)),
      };
    }
    case 'sql': {
      const { database, schema } = store;
      return {
        unitOfWork: sqlUnitOfWork(toolbox, store, (tx) => ({
          products: postgresProductRepository(tx, productJson),
          ...documentsIn((kind) => postgresDocuments(tx, schema, kind)),
        })),
        queries: postgresProductQueries(database, productJson),
        staff: postgresStaffQueries(database),
        documents: documentQueriesIn((kind) => postgresDocumentQueries(database, schema, kind)),
      };
    }
    case 'mongo': {
      const { database } = store;
      return {
        unitOfWork: mongoUnitOfWork(toolbox, store, (unit) => ({
          products: mongoProductRepository(unit),
          ...documentsIn((kind) => mongoDocuments(unit, kind)),
        })),
        queries: mongoProductQueries(database, productJson),
        staff: mongoStaffQueries(database),
        documents: documentQueriesIn((kind) => mongoDocumentQueries(database, kind)),
      };
    }
    case 'redis':
      throw new Error('products are not kept in Redis');
  }
};
