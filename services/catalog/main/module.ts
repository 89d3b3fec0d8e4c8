import { Container, ContainerModule } from 'inversify';
import { z } from 'zod';
import { readConfig } from '#adapters/service/config.ts';
import type {
  CommonStore,
  Composition,
  MongoStore,
  ServiceModule,
  Toolbox,
} from '#adapters/service/module.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, mongoUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { CURRENCIES } from '#kernel/currencies.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { errors } from '../adapters/http/errors.ts';
import { samplePictures } from '../adapters/files/sample-pictures.ts';
import { makeHandlers, type CatalogUseCases } from '../adapters/http/handlers.ts';
import { memoryProductQueries, memoryProductRepository } from '../adapters/memory/memory-products.ts';
import { collections } from '../adapters/mongo/product-documents.ts';
import { mongoProductQueries } from '../adapters/mongo/product-queries.mongo.ts';
import { mongoProductRepository } from '../adapters/mongo/product-repository.mongo.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { postgresProductQueries } from '../adapters/postgres/product-queries.postgres.ts';
import { postgresProductRepository } from '../adapters/postgres/product-repository.postgres.ts';
import { makeCreateProduct } from '../core/application/create-product.ts';
import { makeDeleteProduct } from '../core/application/delete-product.ts';
import { makeImportProducts } from '../core/application/import-products.ts';
import { makeReportViews } from '../core/application/report-views.ts';
import { makeUpdateProduct } from '../core/application/update-product.ts';
import type { CatalogTx } from '../core/ports/catalog-tx.ts';
import type { ProductQueries } from '../core/ports/product-queries.ts';

const PICTURES = new URL('../../../samples/pictures/', import.meta.url);

const settings = {
  CATALOG_CURRENCIES: z
    .string()
    .default(CURRENCIES.join(','))
    .transform((list) => new Set(list.split(',').map((code) => code.trim())))
    .refine(
      (codes) => [...codes].every((code) => /^[A-Z]{3}$/.test(code)),
      'ISO 4217 codes, with commas between',
    ),
};

const UnitOfWorkPort = token<UnitOfWork<CatalogTx>>('UnitOfWork');
const QueriesPort = token<ProductQueries>('ProductQueries');
const UseCases = token<CatalogUseCases>('CatalogUseCases');

/** The adapters of this profile. */
const adapters = (toolbox: Toolbox<CommonStore | MongoStore>): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { store } = toolbox;
    if (store.kind === 'memory') {
      const { database } = store;
      bind(UnitOfWorkPort).toResolvedValue(() =>
        memoryUnitOfWork(toolbox, database, (tx) => ({ products: memoryProductRepository(tx) })),
      );
      bind(QueriesPort).toResolvedValue(() => memoryProductQueries(database));
    } else if (store.kind === 'mongo') {
      bind(UnitOfWorkPort).toResolvedValue(() =>
        mongoUnitOfWork(toolbox, store, (unit) => ({ products: mongoProductRepository(unit) })),
      );
      bind(QueriesPort).toResolvedValue(() => mongoProductQueries(store.database));
    } else {
      bind(UnitOfWorkPort).toResolvedValue(() =>
        sqlUnitOfWork(toolbox, store, (tx) => ({ products: postgresProductRepository(tx) })),
      );
      bind(QueriesPort).toResolvedValue(() => postgresProductQueries(store.database));
    }
  });

const application = ({ ids, clock, env }: Toolbox<CommonStore | MongoStore>): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { CATALOG_CURRENCIES: market } = readConfig(settings, env);
    bind(UseCases).toResolvedValue(
      (unitOfWork: UnitOfWork<CatalogTx>, queries: ProductQueries): CatalogUseCases => ({
        createProduct: makeCreateProduct(unitOfWork, ids, clock, market),
        updateProduct: makeUpdateProduct(unitOfWork, ids, clock, market),
        deleteProduct: makeDeleteProduct(unitOfWork, clock),
        importProducts: makeImportProducts(unitOfWork, ids, clock, market),
        reportViews: makeReportViews(unitOfWork, clock),
        queries,
        pictures: samplePictures(PICTURES),
      }),
      [UnitOfWorkPort, QueriesPort],
    );
  });

const compose = (toolbox: Toolbox<CommonStore | MongoStore>): Composition => {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(adapters(toolbox), application(toolbox));
  return { handlers: makeHandlers(container.get(UseCases)), errors };
};

export const catalog: ServiceModule = {
  name: 'catalog',
  spec: new URL('../../../openapi/catalog.yaml', import.meta.url),
  store: 'mongo',
  migrations,
  collections,
  compose,
};
