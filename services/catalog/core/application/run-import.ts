import type { Clock } from '#kernel/clock.ts';
import type { Ids } from '#kernel/ids.ts';
import { urgent, type JobStep } from '#kernel/jobs.ts';
import { ok } from '#kernel/result.ts';
import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { IDLE, NOTHING, type FileFacts, type ImportCounts, type ImportJob } from '../domain/import-job.ts';
import type { ImportFiles, RejectedRow } from '../ports/import-files.ts';
import { UnreadableFile, type FileGroup, type ImportReader } from '../ports/import-reader.ts';
import { adjustmentsOf, type AdjustImportedStock } from './adjust-imported-stock.ts';
import type { FilingTx } from './filing.ts';
import type { ImportRow, ImportRows, ImportRules, RowReport } from './import-products.ts';

type Step = JobStep<ImportJob>;

/** Products that are stored together, in one unit of work if the store can hold as many. */
export const CHUNK = 100;

/** Products of the file, with the numbers of their first and last row. */
interface Chunk {
  readonly groups: readonly FileGroup[];
  readonly first: number;
  readonly last: number;
}

/** A chunk whose import may have begun. */
interface Begun {
  readonly chunk: Chunk;
  /** Called when the chunk before is stored, with the products that it has changed. */
  readonly store: (changed: ReadonlySet<string>) => Promise<readonly RowReport[]>;
}

const failed =
  (problem: string, clock: Clock): Step =>
  (job) => ({ ...job, ...IDLE, state: 'failed', problem, endedAt: clock.now().toISOString() });

/** An import does not fail while it owes stock adjustments: it goes on trying. */
export const failImport =
  (clock: Clock): Step =>
  (job) =>
    job.pending ? job : failed('The import failed repeatedly; the log of the service says why.', clock)(job);

/**
 * Checks or runs an import: reads its file from the beginning, skips what earlier steps have done, and imports the rest in
 * chunks of products. A check does the same without storing products. Doing a chunk again is harmless: its stock is adjusted after
 * it is done and stored as such, and before the next one.
 */
export const makeRunImport = (
  unitOfWork: UnitOfWork<FilingTx>,
  importRows: ImportRows,
  files: ImportFiles,
  reader: ImportReader,
  adjustStock: AdjustImportedStock,
  ids: Ids,
  clock: Clock,
  perChunk = CHUNK,
) => {
  const parts = ({ id, parts: all }: ImportJob): AsyncIterable<Uint8Array> => files.parts(id, all.length);

  const importChunk = async (
    { groups }: Chunk,
    job: ImportJob,
    run: UnitOfWork<FilingTx>['run'],
    onFound: ImportRules['onFound'] = () => undefined,
  ): Promise<RowReport[]> => {
    const isDryRun = job.state === 'checking';
    const rules = { isDryRun, mayAdjustStock: isDryRun || job.adjustedBy !== undefined, onFound };
    const rows = groups.flatMap(({ product }): ImportRow[] =>
      product ? [{ line: product.line, patch: ok(product.patch) }] : [],
    );
    const perUnit = isDryRun ? rows.length : (unitOfWork.aggregatesPerUnit ?? rows.length);
    const reports: RowReport[] = [];
    for (let at = 0; at < rows.length; at += perUnit)
      reports.push(...(await run((tx) => importRows(tx, rows.slice(at, at + perUnit), job.mode, rules))));
    return reports;
  };

  /**
   * Begins to import a chunk while the one before is stored, if the store can: reads and decides. It is decided again if the one before
   * has changed a product that it is about. If it is never stored, nothing of it is left.
   */
  const begin = (chunk: Chunk, job: ImportJob): Begun => {
    const runWhen = unitOfWork.runWhen?.bind(unitOfWork);
    if (!runWhen) return atItsTurn(chunk, job);
    const turn = Promise.withResolvers<ReadonlySet<string>>();
    let isMyTurn = false;
    /** Products that were found before. */
    let early: readonly string[] = [];
    const ready = async (): Promise<void> => {
      const changed = await turn.promise;
      if (early.some((productId) => changed.has(productId))) throw new VersionConflict('product');
    };
    const onFound = (productIds: readonly string[]): void => {
      early = isMyTurn ? [] : productIds;
    };
    const reports = importChunk(chunk, job, (work) => runWhen(ready, work), onFound);
    reports.catch(() => undefined); // until it is awaited
    const store = (changed: ReadonlySet<string>): Promise<readonly RowReport[]> => {
      isMyTurn = true;
      turn.resolve(changed);
      return reports;
    };
    return { chunk, store };
  };

  const atItsTurn = (chunk: Chunk, job: ImportJob): Begun => ({
    chunk,
    store: () => importChunk(chunk, job, (work) => unitOfWork.run(work)),
  });

  /** A chunk waits if the one before adjusts stock: the inventory is asked in between. */
  async function* begun(chunks: AsyncIterable<Chunk>, job: ImportJob): AsyncGenerator<Begun> {
    let mustWait = false;
    for await (const chunk of chunks) {
      if (chunk.last <= job.position) continue;
      yield mustWait ? atItsTurn(chunk, job) : begin(chunk, job);
      mustWait = adjustsStock(chunk);
    }
  }

  async function* inspected(job: ImportJob): AsyncGenerator<Step, FileFacts | undefined> {
    if (job.file && job.position > 0) return job.file;
    await files.removeRejected(job.id);
    if (job.file) return job.file;
    const file = await reader.inspect(job, parts(job));
    const lacksSku = job.format === 'csv' && !file.columns.some(({ field }) => field === 'sku');
    yield (now) => ({ ...now, file });
    if (!lacksSku) return file;
    yield (now) => failed('No column is mapped to "sku".', clock)({ ...now, file });
    return undefined;
  }

  async function* steps(job: ImportJob): AsyncGenerator<Step> {
    const file = yield* inspected(job);
    if (!file) return;
    const chunks = ahead(chunksOf(reader.read(job, file, parts(job)), perChunk));
    let changed: ReadonlySet<string> = new Set();
    for await (const { chunk, store } of ahead(begun(chunks, job))) {
      const reports = await store(changed);
      changed = changedBy(reports);
      yield* imported(chunk, reports, job);
    }
    yield (now) =>
      now.state === 'checking'
        ? { ...now, ...IDLE, state: 'checked', rows: now.position, expected: now.counts }
        : { ...now, ...IDLE, state: 'done', endedAt: clock.now().toISOString() };
  }

  async function* imported(
    { groups, first, last }: Chunk,
    reports: readonly RowReport[],
    job: ImportJob,
  ): AsyncGenerator<Step> {
    const rejected = rejectedRows(groups, reports);
    if (rejected.length > 0) await files.putRejected(job.id, first, rejected);
    const handled = (now: ImportJob): ImportJob => ({
      ...now,
      counts: added(now.counts, reports, rejected.length),
      position: last,
    });
    const adjustments = adjustmentsOf(groups, reports, ids).filter(({ row }) => row > job.position);
    if (job.state === 'checking') {
      yield (now) => withAdjusted(handled(now), adjustments.length);
    } else if (adjustments.length === 0) {
      yield handled;
    } else {
      const pending = { first, last, adjustments };
      yield urgent((now) => ({ ...handled(now), pending }));
      yield* adjustStock(job, pending, () => groups);
    }
  }

  /** Makes the adjustments that an earlier process has left. */
  async function* owed(job: ImportJob): AsyncGenerator<Step> {
    const { file, pending } = job;
    if (file && pending) yield* adjustStock(job, pending, () => reader.read(job, file, parts(job)));
  }

  return async function* (job: ImportJob): AsyncGenerator<Step> {
    try {
      yield* owed(job);
      if (job.state === 'cancelled') yield (now) => ({ ...now, ...IDLE });
      else yield* steps(job);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      yield failed(error.message, clock);
    }
  };
};

async function* chunksOf(groups: AsyncIterable<FileGroup>, size: number): AsyncGenerator<Chunk> {
  let [chunk, first]: [FileGroup[], number] = [[], 1];
  for await (const group of groups) {
    chunk.push(group);
    if (chunk.length < size) continue;
    yield { groups: chunk, first, last: group.last };
    [chunk, first] = [[], group.last + 1];
  }
  const last = chunk.at(-1)?.last;
  if (last !== undefined) yield { groups: chunk, first, last };
}

const adjustsStock = ({ groups }: Chunk): boolean =>
  groups.some(({ product }) => product?.patch.variants.some(({ stockChange }) => stockChange !== undefined));

const changedBy = (reports: readonly RowReport[]): ReadonlySet<string> =>
  new Set(reports.flatMap(({ status, productId }) => (status === 'unchanged' ? [] : (productId ?? []))));

/** Reads the next value while the reader of this one is at work with it. */
async function* ahead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    let next = iterator.next();
    for (;;) {
      const result = await next;
      if (result.done === true) return;
      next = iterator.next();
      next.catch(() => undefined); // until it is awaited
      yield result.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** The rows that the file's reader or the catalogue has rejected, in order. */
const rejectedRows = (
  groups: readonly FileGroup[],
  reports: readonly RowReport[],
): readonly RejectedRow[] => {
  let at = 0;
  return groups.flatMap(({ rejected, product }): readonly RejectedRow[] => {
    const report = product && reports[at++];
    if (!product || report?.status !== 'rejected') return rejected;
    const errors = (report.errors ?? []).map((message) => ({ message }));
    return [...rejected, ...product.rows.map((row) => ({ ...row, errors }))].sort(
      (a, b) => a.number - b.number,
    );
  });
};

const added = (counts: ImportCounts, reports: readonly RowReport[], rejected: number): ImportCounts => {
  const count = (status: RowReport['status']): number =>
    reports.filter((report) => report.status === status).length;
  return {
    ...NOTHING, // imports of earlier releases have fewer counts
    ...counts,
    created: counts.created + count('created'),
    updated: counts.updated + count('updated'),
    unchanged: counts.unchanged + count('unchanged'),
    rejected: counts.rejected + rejected,
  };
};

const withAdjusted = (job: ImportJob, count: number): ImportJob => ({
  ...job,
  counts: { ...job.counts, stockAdjusted: job.counts.stockAdjusted + count },
});
