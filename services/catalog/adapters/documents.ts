import type { DocumentQueries, Documents, StoredDocument } from '#kernel/documents.ts';
import type { ProductsEdit } from '../core/application/bulk-edits.ts';
import type { Category } from '../core/domain/category.ts';
import type { Collection } from '../core/domain/collection.ts';
import type { ImportJob } from '../core/domain/import-job.ts';
import type { PriceList } from '../core/domain/price-list.ts';
import type { CatalogDocuments, CatalogDocumentQueries } from '../core/ports/catalog-tx.ts';

const CATEGORIES = 'categories';
const COLLECTIONS = 'collections';
const PRICE_LISTS = 'price_lists';
const IMPORTS = 'imports';
const BULK_EDITS = 'bulk_edits';

/** The kinds of documents that the catalog keeps. */
export const KINDS = [CATEGORIES, COLLECTIONS, PRICE_LISTS, IMPORTS, BULK_EDITS] as const;

/** @param of the documents of a kind in a unit of work */
export const documentsIn = (
  of: <T extends StoredDocument>(kind: string) => Documents<T>,
): CatalogDocuments => ({
  categories: of<Category>(CATEGORIES),
  collections: of<Collection>(COLLECTIONS),
  priceLists: of<PriceList>(PRICE_LISTS),
  imports: of<ImportJob>(IMPORTS),
  bulkEdits: of<ProductsEdit>(BULK_EDITS),
});

/** @param of the committed documents of a kind */
export const documentQueriesIn = (
  of: <T extends StoredDocument>(kind: string) => DocumentQueries<T>,
): CatalogDocumentQueries => ({
  categories: of<Category>(CATEGORIES),
  collections: of<Collection>(COLLECTIONS),
  priceLists: of<PriceList>(PRICE_LISTS),
  imports: of<ImportJob>(IMPORTS),
  bulkEdits: of<ProductsEdit>(BULK_EDITS),
});
