import { hasRole, nameOf, type Principal } from '#adapters/auth/principal.ts';
import { etag, type Handlers } from '#adapters/http/operations.ts';
import type { DocumentQueries } from '#kernel/documents.ts';
import { refuse } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/catalog.ts';
import { NO_IMPORT, type makeImports } from '../../core/application/imports.ts';
import {
  bytesOf,
  NOTHING,
  unknownColumns,
  type ImportCounts,
  type ImportFormat,
  type ImportJob,
  type Starter,
} from '../../core/domain/import-job.ts';
import type { ImportFiles, RejectedRow } from '../../core/ports/import-files.ts';
import { rejectedFile } from '../imports/rejected-file.ts';
import type { ProductPages } from '../../core/application/product-pages.ts';
import { exportProducts } from '../exports/export-products.ts';
import { newestFirst } from './document-pages.ts';
import type { CatalogCode } from './errors.ts';
import { toStaffFilter } from './staff.ts';

type Schemas = components['schemas'];

export interface ImportUseCases {
  readonly imports: ReturnType<typeof makeImports>;
  readonly importQueries: DocumentQueries<ImportJob>;
  readonly importFiles: ImportFiles;
  readonly productPages: ProductPages;
}

const FORMATS: readonly (readonly [format: ImportFormat, ending: RegExp])[] = [
  ['csv', /\.(csv|tsv|txt)(\.gz)?$/i],
  ['jsonl', /\.(jsonl|ndjson)(\.gz)?$/i],
];

const formatOf = (fileName: string): ImportFormat | undefined =>
  FORMATS.find(([, ending]) => ending.test(fileName))?.[0];

const LIST = 'imports';

/** Imports of earlier releases have fewer counts. */
const fromCounts = (counts: ImportCounts): Schemas['ImportCounts'] => {
  const { stockAdjusted, ...products } = { ...NOTHING, ...counts };
  return { ...products, stock_adjusted: stockAdjusted };
};

const fromJob = (job: ImportJob): Schemas['Import'] => ({
  import_id: job.id,
  version: job.version,
  state: job.state,
  file_name: job.fileName,
  format: job.format,
  mode: job.mode,
  decimal: job.decimal,
  parts: job.parts.filter((bytes) => bytes > 0).length,
  bytes: bytesOf(job),
  ...(job.file && {
    charset: job.file.charset,
    compressed: job.file.isCompressed,
    ...(job.file.delimiter !== undefined && { delimiter: job.file.delimiter }),
  }),
  columns: (job.file?.columns ?? []).map(({ samples, ...column }) => ({ ...column, samples: [...samples] })),
  unknown_columns: [...unknownColumns(job)],
  mapping: job.mapping,
  rows_done: job.position,
  ...(job.rows !== undefined && { rows: job.rows }),
  ...(job.expected && { expected: fromCounts(job.expected) }),
  counts: fromCounts(job.counts),
  stock_pending: job.pending?.adjustments.length ?? 0,
  ...(job.problem !== undefined && { problem: job.problem }),
  created_at: job.createdAt,
  ...(job.startedAt !== undefined && { started_at: job.startedAt }),
  ...(job.endedAt !== undefined && { ended_at: job.endedAt }),
});

const fromRow = ({ number, line, errors, cells }: RejectedRow): Schemas['ImportRow'] => ({
  row: number,
  line,
  errors: errors.map(({ column, message }) => ({ ...(column !== undefined && { column }), message })),
  cells: [...cells],
});

const tagged = (job: ImportJob) => ({ headers: { ETag: etag(job.version) }, body: fromJob(job) });

const toStarter = (principal: Principal): Starter => ({
  userId: principal.kind === 'user' ? principal.userId : nameOf(principal),
  mayAdjustStock: hasRole(principal, 'inventory_manager'),
});

const TYPES = { csv: 'text/csv', jsonl: 'application/x-ndjson' } as const;

const download = (name: string, format: ImportFormat, body: AsyncIterable<string>) => ({
  status: 200 as const,
  headers: { 'Content-Disposition': `attachment; filename="${name}.${format}"` },
  type: TYPES[format],
  body,
});

export const makeImportHandlers = ({
  imports,
  importQueries,
  importFiles,
  productPages,
}: ImportUseCases): Pick<
  Handlers<operations, CatalogCode>,
  | 'listImports'
  | 'createImport'
  | 'getImport'
  | 'deleteImport'
  | 'putImportPart'
  | 'checkImport'
  | 'startImport'
  | 'cancelImport'
  | 'listImportRows'
  | 'getRejectedFile'
  | 'exportProducts'
> => ({
  listImports: async ({ query: { limit = 24, cursor } }) => {
    const page = await newestFirst(importQueries, LIST, { limit, cursor });
    if (!page.ok) return page;
    const { items, next } = page.value;
    return {
      status: 200,
      body: { items: items.map(fromJob), ...(next !== undefined && { next_cursor: next }) },
    };
  },
  createImport: async ({ body, idempotency }) => {
    const { file_name: fileName, mode = 'merge', decimal = '.', charset, delimiter } = body;
    const format = body.format ?? formatOf(fileName);
    if (!format) return refuse('INVALID_FILE', 'State the format of the file: csv or jsonl.');
    const created = await imports.create(
      { fileName, format, mode, decimal, charset, delimiter },
      idempotency,
    );
    if (!created.ok) return created;
    const { headers, body: shown } = tagged(created.value);
    return {
      status: 201,
      headers: { ...headers, Location: `/api/v1/imports/${created.value.id}` },
      body: shown,
    };
  },
  getImport: async ({ path }) => {
    const job = await importQueries.find(path.import_id);
    return job ? { status: 200, ...tagged(job) } : NO_IMPORT;
  },
  deleteImport: async ({ path, ifMatch }) => {
    const removed = await imports.remove(path.import_id, ifMatch);
    return removed.ok ? { status: 204 } : removed;
  },
  putImportPart: async ({ path, body, ifMatch }) => {
    const stored = await imports.putPart(path.import_id, path.part, body, ifMatch);
    return stored.ok ? { status: 200, ...tagged(stored.value) } : stored;
  },
  checkImport: async ({ path, body, ifMatch }) => {
    const begun = await imports.check(path.import_id, body.mapping, ifMatch);
    return begun.ok ? { status: 202, ...tagged(begun.value) } : begun;
  },
  startImport: async ({ path, principal, ifMatch }) => {
    const begun = await imports.start(path.import_id, toStarter(principal), ifMatch);
    return begun.ok ? { status: 202, ...tagged(begun.value) } : begun;
  },
  cancelImport: async ({ path, ifMatch }) => {
    const ended = await imports.cancel(path.import_id, ifMatch);
    return ended.ok ? { status: 200, ...tagged(ended.value) } : ended;
  },
  listImportRows: async ({ path, query: { limit = 24, cursor } }) => {
    if (!(await importQueries.find(path.import_id))) return NO_IMPORT;
    if (cursor !== undefined && !/^\d{1,9}-\d{1,9}$/.test(cursor))
      return refuse('INVALID_CURSOR', 'The cursor was not issued for this list.');
    const { rows, next } = await importFiles.rejected(path.import_id, cursor, limit);
    return {
      status: 200,
      body: { items: rows.map(fromRow), ...(next !== undefined && { next_cursor: next }) },
    };
  },
  getRejectedFile: async ({ path }) => {
    const job = await importQueries.find(path.import_id);
    if (!job) return NO_IMPORT;
    return download(`rejected-${job.id}`, job.format, rejectedFile(job, importFiles));
  },
  exportProducts: async ({ query: { format = 'csv', ...filter } }) =>
    Promise.resolve(
      download('products', format, exportProducts(productPages, toStaffFilter(filter), format)),
    ),
});
