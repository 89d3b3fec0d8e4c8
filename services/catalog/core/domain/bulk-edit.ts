import type { RunnableJob } from '#kernel/jobs.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { Publishing } from './lifecycle.ts';
import { editPrice, type PriceEdit } from './price-edit.ts';
import type { PriceList } from './price-list.ts';
import type { Product, ProductDraft, VariantDraft } from './product.ts';

/** What changes in each selected product; what is absent stays. */
export interface Edits {
  /** By its ID or its names, as in a draft. */
  readonly category?: Pick<ProductDraft, 'category' | 'subcategory' | 'categoryIds'> | undefined;
  readonly addTags?: readonly string[] | undefined;
  readonly removeTags?: readonly string[] | undefined;
  readonly status?: Publishing['status'] | undefined;
  readonly price?: PriceEdit | undefined;
}

export interface BulkEditCounts {
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
}

export interface BulkEditFailure {
  readonly productId: string;
  readonly errors: readonly string[];
}

/** Edits of many products, done one after the other. Times are ISO 8601. */
export interface BulkEdit<Selection = unknown> extends RunnableJob {
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly selection: Selection;
  readonly edits: Edits;
  /** The last product that was edited, in the order of the selection; absent before the first. */
  readonly after?: string | undefined;
  readonly counts: BulkEditCounts;
  /** The first ones. */
  readonly failures: readonly BulkEditFailure[];
  readonly createdAt: string;
  readonly endedAt?: string | undefined;
}

/** Failures that a bulk edit lists; the others are counted. */
export const MOST_FAILURES = 100;
/** Of a product, as in its OpenAPI schema. */
const MOST_TAGS = 30;

/** A product's data after the edits; the reasons if they cannot be applied. */
export const edited = (
  product: Product,
  { category, addTags = [], removeTags = [], status, price }: Edits,
  lists: ReadonlyMap<string, PriceList>,
): Result<ProductDraft, readonly string[]> => {
  const removed = new Set(removeTags);
  const tags = [...new Set([...product.tags, ...addTags])].filter((tag) => !removed.has(tag));
  if (tags.length > MOST_TAGS) return err([`A product has at most ${MOST_TAGS} tags.`]);
  const variants = product.variants.map((variant): Result<VariantDraft, string> =>
    price ? editPrice(variant, price, lists) : ok(variant),
  );
  const errors = variants.flatMap((variant) => (variant.ok ? [] : [variant.error]));
  if (errors.length > 0) return err([...new Set(errors)]);
  const { publishAt, unpublishAt } = product;
  return ok({
    ...product,
    ...category,
    tags,
    ...(status && {
      publishing: { status, ...(publishAt && { publishAt }), ...(unpublishAt && { unpublishAt }) },
    }),
    variants: variants.flatMap((variant) => (variant.ok ? [variant.value] : [])),
  });
};

/** With the outcome of a few more products, the last of which is `after`. */
export const advanced = <Job extends BulkEdit>(
  job: Job,
  { after, counts, failures }: Pick<BulkEdit, 'after' | 'counts' | 'failures'>,
): Job => ({
  ...job,
  after,
  counts: {
    updated: job.counts.updated + counts.updated,
    unchanged: job.counts.unchanged + counts.unchanged,
    rejected: job.counts.rejected + counts.rejected,
  },
  failures: [...job.failures, ...failures].slice(0, MOST_FAILURES),
});
