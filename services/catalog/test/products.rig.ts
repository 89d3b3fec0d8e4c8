import type { Store } from '#adapters/service/module.ts';
import { memoryUnitOfWork, mongoUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TestToolbox } from '#test/kit/toolbox.ts';
import { productJson } from '../adapters/http/mapping.ts';
import { memoryProductQueries, memoryProductRepository } from '../adapters/memory/memory-products.ts';
import { memoryStaffQueries } from '../adapters/memory/memory-staff.ts';
import { mongoProductQueries } from '../adapters/mongo/product-queries.mongo.ts';
import { mongoProductRepository } from '../adapters/mongo/product-repository.mongo.ts';
import { mongoStaffQueries } from '../adapters/mongo/staff-queries.mongo.ts';
import { postgresProductQueries } from '../adapters/postgres/product-queries.postgres.ts';
import { postgresProductRepository } from '../adapters/postgres/product-repository.postgres.ts';
import { postgresStaffQueries } from '../adapters/postgres/staff-queries.postgres.ts';
import type { CatalogTx } from '../core/ports/catalog-tx.ts';
import type { ProductQueries } from '../core/ports/product-queries.ts';
import type { StaffQueries } from '../core/ports/staff-queries.ts';

/** A unit of work without documents of other kinds. */
export type ProductsTx = Pick<CatalogTx, 'products'> & BaseTx;

/** The adapters of the toolbox's store. */
export const openProducts = (
  toolbox: TestToolbox<Store>,
): { unitOfWork: UnitOfWork<ProductsTx>; queries: ProductQueries; staff: StaffQueries } => {
  const { store } = toolbox;
  switch (store.kind) {
    case 'memory':
      return {
        unitOfWork: memoryUnitOfWork(toolbox, store.database, (tx) => ({
          products: memoryProductRepository(tx),
        })),
        queries: memoryProductQueries(store.database, productJson),
        staff: memoryStaffQueries(store.database),
      };
    case 'sql':
      return {
        unitOfWork: sqlUnitOfWork(toolbox, store, (tx) => ({
          products: postgresProductRepository(tx, productJson),
        })),
        queries: postgresProductQueries(store.database, productJson),
        staff: postgresStaffQueries(store.database),
      };
    case 'mongo':
      return {
        unitOfWork: mongoUnitOfWork(toolbox, store, (unit) => ({ products: mongoProductRepository(unit) })),
        queries: mongoProductQueries(store.database, productJson),
        staff: mongoStaffQueries(store.database),
      };
    case 'redis':
      throw new Error('products are not kept in Redis');
  }
};
