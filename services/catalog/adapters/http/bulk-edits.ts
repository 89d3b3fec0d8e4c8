import { etag, type Handlers } from '#adapters/http/operations.ts';
import type { DocumentQueries } from '#kernel/documents.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/catalog.ts';
import { NO_BULK_EDIT, type makeBulkEdits, type ProductsEdit } from '../../core/application/bulk-edits.ts';
import type { Edits } from '../../core/domain/bulk-edit.ts';
import type { PriceChange, PriceEdit } from '../../core/domain/price-edit.ts';
import type { ProductSelection } from '../../core/ports/product-queries.ts';
import { newestFirst } from './document-pages.ts';
import type { CatalogCode } from './errors.ts';
import { toStaffFilter } from './staff.ts';

type Schemas = components['schemas'];
type Invalid = Refusal<'INVALID_BULK_EDIT'>;

export interface BulkEditUseCases {
  readonly bulkEdits: ReturnType<typeof makeBulkEdits>;
  readonly bulkEditQueries: DocumentQueries<ProductsEdit>;
}

const toChange = ({ change, value }: Schemas['PriceEdit']): PriceChange | undefined => {
  if (change === 'remove') return value === undefined ? { kind: change } : undefined;
  if (value === undefined) return undefined;
  return change === 'set' ? { kind: change, price: value } : { kind: change, by: value };
};

const invalid = (detail: string): Result<never, Invalid> => refuse('INVALID_BULK_EDIT', detail);

const toPriceEdit = (input: Schemas['PriceEdit']): Result<PriceEdit, Invalid> => {
  const { price_list: priceList, rounding } = input;
  const change = toChange(input);
  if (!change) return invalid('A price changes to or by a value; only `remove` has none.');
  return change.kind === 'remove' && priceList === undefined
    ? invalid('A price can only be removed from a price list.')
    : ok({ priceList, change, rounding });
};

const toEdits = (input: Schemas['ProductEdits']): Result<Edits, Invalid> => {
  const { category_id, category = '', subcategory = '', add_tags, remove_tags, status } = input;
  const price = input.price && toPriceEdit(input.price);
  if (price?.ok === false) return price;
  const categoryIds = category_id === undefined ? [] : [category_id];
  return ok({
    ...((category_id !== undefined || category !== '') && {
      category: { category, subcategory, categoryIds },
    }),
    addTags: add_tags,
    removeTags: remove_tags,
    status,
    price: price?.value,
  });
};

const toSelection = ({
  product_ids,
  filter,
}: Schemas['BulkEditInput']): Result<ProductSelection, Invalid> => {
  if (Boolean(product_ids) === Boolean(filter)) return invalid('Name either products or a filter.');
  if (product_ids) return ok({ productIds: product_ids });
  const { updatedSince, ...staff } = toStaffFilter(filter ?? {});
  return ok({
    filter: { ...staff, ...(updatedSince && { updatedSince: updatedSince.toISOString() }) },
  });
};

const fromJob = (job: ProductsEdit): Schemas['BulkEdit'] => ({
  bulk_edit_id: job.id,
  version: job.version,
  state: job.state,
  counts: job.counts,
  failures: job.failures.map(({ productId, errors }) => ({ product_id: productId, errors: [...errors] })),
  created_at: job.createdAt,
  ...(job.endedAt !== undefined && { ended_at: job.endedAt }),
});

const tagged = (job: ProductsEdit) => ({ headers: { ETag: etag(job.version) }, body: fromJob(job) });

const LIST = 'bulk edits';

export const makeBulkEditHandlers = ({
  bulkEdits,
  bulkEditQueries,
}: BulkEditUseCases): Pick<
  Handlers<operations, CatalogCode>,
  'listBulkEdits' | 'createBulkEdit' | 'getBulkEdit' | 'cancelBulkEdit'
> => ({
  listBulkEdits: async ({ query: { limit = 24, cursor } }) => {
    const page = await newestFirst(bulkEditQueries, LIST, { limit, cursor });
    if (!page.ok) return page;
    const { items, next } = page.value;
    return {
      status: 200,
      body: { items: items.map(fromJob), ...(next !== undefined && { next_cursor: next }) },
    };
  },
  createBulkEdit: async ({ body, idempotency }) => {
    const [selection, edits] = [toSelection(body), toEdits(body.edits)];
    if (!selection.ok) return selection;
    if (!edits.ok) return edits;
    const started = await bulkEdits.start(selection.value, edits.value, idempotency);
    if (!started.ok) return started;
    const { headers, body: shown } = tagged(started.value);
    return {
      status: 201,
      headers: { ...headers, Location: `/api/v1/bulk-edits/${started.value.id}` },
      body: shown,
    };
  },
  getBulkEdit: async ({ path }) => {
    const job = await bulkEditQueries.find(path.bulk_edit_id);
    return job ? { status: 200, ...tagged(job) } : NO_BULK_EDIT;
  },
  cancelBulkEdit: async ({ path }) => {
    const cancelled = await bulkEdits.cancel(path.bulk_edit_id);
    return cancelled.ok ? { status: 200, ...tagged(cancelled.value) } : cancelled;
  },
});
