import { after, DAY, type Clock } from '#kernel/clock.ts';
import type { DocumentQueries } from '#kernel/documents.ts';
import type { ToWire } from '#kernel/events.ts';
import { once, replay, type IdempotencyKey, type IdempotencyRefusal } from '#kernel/idempotency.ts';
import type { Ids } from '#kernel/ids.ts';
import { JOB_SLOTS, jobNames, type JobStep } from '#kernel/jobs.ts';
import { err, ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { advanced, edited, type BulkEdit, type BulkEditFailure, type Edits } from '../domain/bulk-edit.ts';
import { productChanged, type Publication } from '../domain/events.ts';
import { reviseProduct, saysTheSame, type Market, type Product } from '../domain/product.ts';
import type { CatalogTx } from '../ports/catalog-tx.ts';
import type { ProductQueries, ProductSelection } from '../ports/product-queries.ts';
import type { FilingTx } from './filing.ts';
import type { StaffFilter } from '../ports/staff-filter.ts';
import { freeSlot } from './free-slot.ts';
import { marketWith } from './market.ts';

export type ProductsEdit = BulkEdit<ProductSelection>;

type Busy = Refusal<'BULK_EDITS_BUSY'>;

const BUSY = refuse('BULK_EDITS_BUSY', `${JOB_SLOTS} bulk edits run already; wait for one to end.`);
export const NO_BULK_EDIT = refuse('BULK_EDIT_NOT_FOUND', 'There is no such bulk edit.');
const IS_OVER = refuse('BULK_EDIT_STATE', 'The bulk edit is over.');

/** Starting and cancelling bulk edits. A job runner does the work. */
export const makeBulkEdits = (
  unitOfWork: UnitOfWork<CatalogTx>,
  ids: Ids,
  clock: Clock,
  wakeRunner: () => void,
) => ({
  start: async (
    selection: ProductSelection,
    edits: Edits,
    key?: IdempotencyKey,
  ): Promise<Result<ProductsEdit, Busy | IdempotencyRefusal>> => {
    const recall = (kept: unknown): ProductsEdit => kept as ProductsEdit; // only this use case stores it
    const started = await once(
      unitOfWork,
      key,
      recall,
      async ({ bulkEdits }): Promise<Result<ProductsEdit, Busy>> => {
        const slot = await freeSlot(bulkEdits);
        if (slot === undefined) return BUSY;
        const job: ProductsEdit = {
          id: ids.next(),
          version: 1,
          state: 'running',
          slot,
          selection,
          edits,
          counts: { updated: 0, unchanged: 0, rejected: 0 },
          failures: [],
          createdAt: clock.now().toISOString(),
        };
        await bulkEdits.save(job, jobNames(job));
        return ok(job);
      },
    );
    if (started.ok) wakeRunner();
    return started;
  },

  /** What was edited so far stays. */
  cancel: (id: string): Promise<Result<ProductsEdit, typeof NO_BULK_EDIT.error | typeof IS_OVER.error>> =>
    unitOfWork.run(async ({ bulkEdits }) => {
      const job = await bulkEdits.find(id);
      if (!job) return NO_BULK_EDIT;
      if (job.state !== 'running') return IS_OVER;
      const cancelled = { ...ended(job, 'cancelled', clock.now()), version: job.version + 1 };
      await bulkEdits.save(cancelled, jobNames(cancelled));
      return ok(cancelled);
    }),
});

const ended = (job: ProductsEdit, state: ProductsEdit['state'], now: Date): ProductsEdit => ({
  ...job,
  slot: undefined,
  lease: undefined,
  state,
  endedAt: now.toISOString(),
});

const filterOf = ({ updatedSince, ...filter }: NonNullable<ProductSelection['filter']>): StaffFilter => ({
  ...filter,
  ...(updatedSince !== undefined && { updatedSince: new Date(updatedSince) }),
});

export const failBulkEdit =
  (clock: Clock): JobStep<ProductsEdit> =>
  (job) =>
    ended(job, 'failed', clock.now());

/** The outcome of a few products. */
type Outcome = Required<Pick<ProductsEdit, 'after' | 'counts' | 'failures'>>;

/** Products in one unit of work, if the store can hold as many. */
const CHUNK = 50;

/**
 * Edits the selected products in the order of their IDs. Each chunk commits with its outcome under a key of its own, so that one
 * that is done again after a crash changes nothing twice.
 */
export const makeRunBulkEdit = (
  unitOfWork: UnitOfWork<FilingTx>,
  { select }: Pick<ProductQueries, 'select'>,
  ids: Ids,
  clock: Clock,
  currencies: ReadonlySet<string>,
  toWire: ToWire<Publication>,
) => {
  const perUnit = Math.min(CHUNK, unitOfWork.aggregatesPerUnit ?? CHUNK);

  const next = async ({ productIds, filter = {} }: ProductSelection, last: string | undefined) =>
    productIds
      ? productIds
          .toSorted()
          .filter((id) => last === undefined || id > last)
          .slice(0, perUnit)
      : select(filterOf(filter), last, perUnit);

  /** The product after the edits; undefined if they change nothing. */
  const decide = async (
    { file }: FilingTx,
    product: Product | undefined,
    edits: Edits,
    market: Market,
  ): Promise<Result<Product | undefined, readonly string[]>> => {
    if (!product) return err(['There is no such product.']);
    if (product.deletedAt) return err(['The product is in the trash; restore it first.']);
    const draft = edited(product, edits, market.priceLists);
    if (!draft.ok) return draft;
    const filed = await file(draft.value, product);
    if (!filed.ok) return err([filed.error.detail]);
    if (saysTheSame(product, filed.value)) return ok(undefined);
    const revised = reviseProduct(product, filed.value, () => ids.next(), clock.now(), market);
    return revised.ok ? revised : err([revised.error.detail]);
  };

  const editChunk = (job: ProductsEdit, productIds: readonly string[], chunk: string): Promise<Outcome> =>
    unitOfWork.run(async (tx) => {
      const key = { principal: job.id, operation: 'bulkEdit', key: chunk, fingerprint: '' };
      const earlier = await replay(tx.idempotency, key, (kept) => kept as Outcome); // stored only here
      if (earlier?.ok) return earlier.value;
      const { priceList } = job.edits.price ?? {};
      const market = await marketWith(tx, currencies, priceList === undefined ? [] : [priceList]);
      const found = await tx.products.findAll(productIds);
      const decided = await Promise.all(
        productIds.map(async (productId) => ({
          productId,
          decision: await decide(tx, found.get(productId), job.edits, market),
        })),
      );
      const changed = decided.flatMap(({ decision }) => (decision.ok ? (decision.value ?? []) : []));
      const failures = decided.flatMap(({ productId, decision }): BulkEditFailure[] =>
        decision.ok ? [] : [{ productId, errors: decision.error }],
      );
      for (const product of changed) await tx.products.save(product);
      await tx.outbox.add(...changed.map((product) => toWire(productChanged(product))));
      const [updated, rejected] = [changed.length, failures.length];
      const counts = { updated, rejected, unchanged: productIds.length - updated - rejected };
      const outcome = { after: productIds.at(-1) ?? chunk, counts, failures };
      if (updated > 0) await tx.idempotency.remember(key, outcome);
      return outcome;
    });

  return async function* (job: ProductsEdit): AsyncGenerator<JobStep<ProductsEdit>> {
    for (let last = job.after; ;) {
      const productIds = await next(job.selection, last);
      if (productIds.length === 0) break;
      const outcome = await editChunk(job, productIds, `after ${last ?? ''}`);
      last = outcome.after;
      yield (now) => advanced(now, outcome);
    }
    yield (now) => ended(now, 'done', clock.now());
  };
};

const KEPT_DAYS = 30;
const AT_ONCE = 100;

/** Removes bulk edits that ended a while ago. */
export const makePurgeBulkEdits =
  (unitOfWork: UnitOfWork<CatalogTx>, queries: DocumentQueries<ProductsEdit>) =>
  async (now: Date): Promise<void> => {
    const isExpired = ({ endedAt }: ProductsEdit): boolean =>
      endedAt !== undefined && after(new Date(endedAt), KEPT_DAYS * DAY) <= now;
    let last: string | undefined;
    do {
      const jobs: readonly ProductsEdit[] = await queries.page({ limit: AT_ONCE, after: last });
      for (const { id } of jobs.filter(isExpired))
        await unitOfWork.run(async ({ bulkEdits }) => {
          const job = await bulkEdits.find(id);
          if (job) await bulkEdits.remove(job);
        });
      last = jobs.length < AT_ONCE ? undefined : jobs.at(-1)?.id;
    } while (last !== undefined);
  };
