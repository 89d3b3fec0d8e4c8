import { Container } from 'inversify';
import { z } from 'zod';
import { JobRunner } from '#adapters/jobs/job-runner.ts';
import { readConfig } from '#adapters/service/config.ts';
import { makeConsumer } from '#adapters/service/parts.ts';
import type { CommonStore, Composition, MongoStore, Toolbox } from '#adapters/service/module.ts';
import { DAY, HOUR, SECOND } from '#kernel/clock.ts';
import { CURRENCIES } from '#kernel/currencies.ts';
import { errors } from '../adapters/http/errors.ts';
import { samplePictures } from '../adapters/files/sample-pictures.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { httpStockAdjustments } from '../adapters/clients/inventory.http.ts';
import { importFiles } from '../adapters/imports/import-files.ts';
import { importReader } from '../adapters/imports/read-file.ts';
import { ratingHandlers } from '../adapters/messaging/consumer.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { makeAdjustImportedStock } from '../core/application/adjust-imported-stock.ts';
import {
  failBulkEdit,
  makeBulkEdits,
  makePurgeBulkEdits,
  makeRunBulkEdit,
} from '../core/application/bulk-edits.ts';
import {
  makeChangeCategory,
  makeCreateCategory,
  makeDeleteCategory,
} from '../core/application/change-categories.ts';
import {
  makeCreatePriceList,
  makeDeletePriceList,
  makeUpdatePriceList,
} from '../core/application/change-price-lists.ts';
import { makeChangeVariants } from '../core/application/change-variants.ts';
import {
  makeCreateCollection,
  makeDeleteCollection,
  makeUpdateCollection,
} from '../core/application/change-collections.ts';
import { makeCreateProduct } from '../core/application/create-product.ts';
import {
  makePurgeProduct,
  makeRestoreProduct,
  makeTrashProduct,
} from '../core/application/delete-product.ts';
import { makeDuplicateProduct } from '../core/application/duplicate-product.ts';
import { makeCountByCategory } from '../core/application/count-by-category.ts';
import { withFiling } from '../core/application/filing.ts';
import { makeFollowRating } from '../core/application/follow-ratings.ts';
import { makeImportProducts, makeImportRows } from '../core/application/import-products.ts';
import { makeImports, makePurgeImports } from '../core/application/imports.ts';
import { makeProductPages } from '../core/application/product-pages.ts';
import {
  categorySources,
  priceListSources,
  makeFileProducts,
  makeRefreshProduct,
  makeRefreshProducts,
} from '../core/application/refresh-products.ts';
import { failImport, makeRunImport } from '../core/application/run-import.ts';
import { makeSweepDueProducts } from '../core/application/sweep-due-products.ts';
import { makeTellAgain, makeTellOfPicture } from '../core/application/tell-of-pictures.ts';
import { makeUpdateProduct } from '../core/application/update-product.ts';
import type { CatalogTx } from '../core/ports/catalog-tx.ts';
import { storage, Storage, upgrades } from './storage.ts';

const PICTURES = new URL('../../../samples/pictures/', import.meta.url);

/** Nobody waits for these calls, and what they do is done once. */
const REPEATABLE = { timeoutMs: 5_000, retries: 2 };

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

export const compose = (toolbox: Toolbox<CommonStore | MongoStore>): Composition => {
  const { ids, clock, env, logger, client } = toolbox;
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const queries = container.get(Storage.Queries);
  const documents = container.get(Storage.Documents);
  const { categories, collections, priceLists } = documents;
  const { imports: importQueries, bulkEdits: bulkEditQueries } = documents;
  const unitOfWork = withFiling(container.get(Storage.UnitOfWork), categories, ids);
  const refreshProduct = makeRefreshProduct(unitOfWork, clock, toWire);
  const { CATALOG_CURRENCIES: currencies } = readConfig(settings, env);
  const files = importFiles(container.get(Storage.Chunks));
  const importRows = makeImportRows(ids, clock, currencies, toWire);
  const stock = httpStockAdjustments(client('inventory', REPEATABLE));
  const adjustStock = makeAdjustImportedStock(stock, files, importReader);
  const [ofCategory, ofCollection] = [
    makeTellOfPicture('category', toWire),
    makeTellOfPicture('collection', toWire),
  ];
  const importJobs = new JobRunner(
    {
      name: 'import',
      queries: importQueries,
      documents: (tx: CatalogTx) => tx.imports,
      steps: makeRunImport(unitOfWork, importRows, files, importReader, adjustStock, ids, clock),
      fail: failImport(clock),
    },
    { unitOfWork, clock, logger, owner: ids.next() },
  );
  const imports = makeImports(unitOfWork, files, ids, clock, () => {
    importJobs.wake();
  });
  const bulkEditJobs = new JobRunner(
    {
      name: 'bulk edit',
      queries: bulkEditQueries,
      documents: (tx: CatalogTx) => tx.bulkEdits,
      steps: makeRunBulkEdit(unitOfWork, queries, ids, clock, currencies, toWire),
      fail: failBulkEdit(clock),
    },
    { unitOfWork, clock, logger, owner: ids.next() },
  );
  return {
    handlers: makeHandlers({
      bulkEdits: makeBulkEdits(unitOfWork, ids, clock, () => {
        bulkEditJobs.wake();
      }),
      bulkEditQueries,
      priceLists,
      createPriceList: makeCreatePriceList(unitOfWork, ids, clock, currencies),
      updatePriceList: makeUpdatePriceList(unitOfWork, clock),
      deletePriceList: makeDeletePriceList(unitOfWork, clock),
      createProduct: makeCreateProduct(unitOfWork, ids, clock, currencies, toWire),
      updateProduct: makeUpdateProduct(unitOfWork, ids, clock, currencies, toWire),
      trashProduct: makeTrashProduct(unitOfWork, clock, toWire),
      purgeProduct: makePurgeProduct(unitOfWork, clock, toWire),
      restoreProduct: makeRestoreProduct(unitOfWork, clock, toWire),
      duplicateProduct: makeDuplicateProduct(unitOfWork, ids, clock, toWire),
      imports,
      importQueries,
      importFiles: files,
      productPages: makeProductPages(unitOfWork, queries),
      importProducts: makeImportProducts(unitOfWork, importRows),
      changeVariants: makeChangeVariants(unitOfWork, importRows),
      createCategory: makeCreateCategory(unitOfWork, categories, ids, ofCategory),
      changeCategory: makeChangeCategory(unitOfWork, categories, ofCategory),
      deleteCategory: makeDeleteCategory(unitOfWork, categories, queries, ofCategory),
      categories,
      countByCategory: makeCountByCategory(queries, clock),
      createCollection: makeCreateCollection(unitOfWork, ids, clock, ofCollection),
      updateCollection: makeUpdateCollection(unitOfWork, clock, ofCollection),
      deleteCollection: makeDeleteCollection(unitOfWork, ofCollection),
      collections,
      queries,
      staff: container.get(Storage.Staff),
      clock,
      pictures: samplePictures(PICTURES),
    }),
    errors,
    attachments: [importJobs, bulkEditJobs],
    consumers: [
      makeConsumer(toolbox, unitOfWork, 'catalog', ratingHandlers(makeFollowRating(toWire)), {
        isRepeatable: true,
      }),
    ],
    sweeps: [
      {
        name: 'products that are due',
        everyMs: 5 * SECOND,
        sweep: makeSweepDueProducts(unitOfWork, queries, toWire),
      },
      { name: 'imports', everyMs: HOUR, sweep: makePurgeImports(importQueries, imports) },
      { name: 'bulk edits', everyMs: HOUR, sweep: makePurgeBulkEdits(unitOfWork, bulkEditQueries) },
      {
        name: 'products without a category',
        everyMs: HOUR,
        sweep: makeFileProducts(queries, refreshProduct),
      },
      {
        name: 'prices of changed lists',
        everyMs: 5 * SECOND,
        sweep: makeRefreshProducts(unitOfWork, priceListSources(priceLists), queries, refreshProduct),
      },
      {
        name: 'products of changed categories',
        everyMs: 5 * SECOND,
        sweep: makeRefreshProducts(unitOfWork, categorySources(categories), queries, refreshProduct),
      },
      {
        name: 'pictures of categories and collections',
        everyMs: DAY,
        sweep: makeTellAgain(unitOfWork, { category: categories, collection: collections }, toWire),
      },
      ...upgrades(toolbox),
    ],
  };
};
