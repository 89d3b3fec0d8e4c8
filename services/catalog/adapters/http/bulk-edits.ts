import { etag, type Handlers } from '#adapters/http/operations.ts';
import { pageOf, positionOf } from '#adapters/pagination/page.ts';
import type { DocumentQueries } from '#kernel/documents.ts';
import { refuse } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/catalog.ts';
import { NO_BULK_EDIT, type makeBulkEdits, type ProductsEdit } from '../../core/application/bulk-edits.ts';
import type { Edits } from '../../core/domain/bulk-edit.ts';
import type { PriceChange } from '../../core/domain/price-edit.ts';
import type { ProductSelection } from '../../core/ports/product-queries.ts';
import type { CatalogCode } from './errors.ts';

type Schemas = components['schemas'];

export interface BulkEditUseCases {
  readonly bulkEdits: ReturnType<typeof makeBulkEdits>;
  readonly bulkEditQueries: DocumentQueries<ProductsEdit>;
}

const toChange = (input: Schemas['PriceEdit']): PriceChange => {
  if (input.set !== undefined) return { kind: 'set', price: input.set };
  if (input.percent !== undefined) return { kind: 'percent', by: input.percent };
  return input.amount === undefined ? { kind: 'remove' } : { kind: 'amount', by: input.amount };
};

const toEdits = ({
  category_id,
  category = '',
  subcategory = '',
  add_tags,
  remove_tags,
  status,
  price,
}: Schemas['ProductEdits']): Edits => ({
  ...((category_id !== undefined || category !== '') && {
    category: { category, subcategory, categoryIds: category_id === undefined ? [] : [category_id] },
  }),
  addTags: add_tags,
  removeTags: remove_tags,
  status,
  ...(price && {
    price: { priceList: price.price_list, change: toChange(price), rounding: price.rounding },
  }),
});

const toSelection = ({ product_ids, filter }: Schemas['BulkEditInput']): ProductSelection =>
  product_ids ? { productIds: product_ids } : { filter: filter && {} };

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
  listBulkEdits: async ({ query }) => {
    const { limit = 24 } = query;
    const after = positionOf(query, LIST, 'text');
    if (!after.ok) return after;
    const jobs = await bulkEditQueries.page({ limit: limit + 1, after: after.value?.id, isDescending: true });
    const page = pageOf(jobs, limit, ({ id }) => ({ list: LIST, value: '', id }));
    if (!page.ok) return page;
    const { items, next } = page.value;
    return {
      status: 200,
      body: { items: items.map(fromJob), ...(next !== undefined && { next_cursor: next }) },
    };
  },
  createBulkEdit: async ({ body, idempotency }) => {
    if (Boolean(body.product_ids) === Boolean(body.filter))
      return refuse('INVALID_BULK_EDIT', 'Name either products or a filter.');
    const started = await bulkEdits.start(toSelection(body), toEdits(body.edits), idempotency);
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
