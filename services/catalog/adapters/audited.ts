import { auditedRecords, type Audited } from '#adapters/service/audited.ts';
import type { StoredDocument } from '#kernel/documents.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import type { ProductsEdit } from '../core/application/bulk-edits.ts';
import type { Category } from '../core/domain/category.ts';
import type { Collection } from '../core/domain/collection.ts';
import { bytesOf, type ImportJob } from '../core/domain/import-job.ts';
import type { PriceList } from '../core/domain/price-list.ts';
import type { Product } from '../core/domain/product.ts';
import type { CatalogTx } from '../core/ports/catalog-tx.ts';

const document = {
  idOf: ({ id }: StoredDocument): string => id,
  versionOf: ({ version }: StoredDocument): number => version,
};

/** What the audit trail shows of the catalogue: all that staff enter. Of jobs, what was asked and how far they are. */
export const audited: Audited<Omit<CatalogTx, keyof BaseTx>> = {
  service: 'catalog',
  repositories: {
    products: auditedRecords<Product>({
      kind: 'product',
      idOf: ({ productId }) => productId,
      versionOf: ({ version }) => version,
      show: ({ productId: _, former: __, createdAt: ___, updatedAt: ____, ...shown }) => shown,
    }),
    categories: auditedRecords<Category>({
      ...document,
      kind: 'category',
      show: ({ id: _, generation: __, refresh: ___, ...shown }) => shown,
    }),
    collections: auditedRecords<Collection>({
      ...document,
      kind: 'collection',
      show: ({ id: _, createdAt: __, updatedAt: ___, ...shown }) => shown,
    }),
    priceLists: auditedRecords<PriceList>({
      ...document,
      kind: 'price_list',
      show: ({ id: _, refresh: __, createdAt: ___, updatedAt: ____, ...shown }) => shown,
    }),
    imports: auditedRecords<ImportJob>({
      ...document,
      kind: 'import',
      show: (job) => {
        const { version, fileName, format, mode, decimal, state, mapping, rows, counts, expected } = job;
        const bytes = bytesOf(job);
        return { version, fileName, format, mode, decimal, state, bytes, mapping, rows, counts, expected };
      },
    }),
    bulkEdits: auditedRecords<ProductsEdit>({
      ...document,
      kind: 'bulk_edit',
      show: ({ version, state, selection, edits, counts }) => ({ version, state, selection, edits, counts }),
    }),
  },
};
