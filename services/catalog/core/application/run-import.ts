import type { Clock } from '#kernel/clock.ts';
import type { JobStep } from '#kernel/jobs.ts';
import { ok } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { IDLE, type FileFacts, type ImportCounts, type ImportJob } from '../domain/import-job.ts';
import type { ImportFiles, RejectedRow } from '../ports/import-files.ts';
import { UnreadableFile, type FileGroup, type ImportReader } from '../ports/import-reader.ts';
import type { FilingTx } from './filing.ts';
import type { ImportRow, ImportRows, RowReport } from './import-products.ts';

type Step = JobStep<ImportJob>;

/** Products in one unit of work, if the store can hold as many. */
const CHUNK = 50;

const failed =
  (problem: string, clock: Clock): Step =>
  (job) => ({ ...job, ...IDLE, state: 'failed', problem, endedAt: clock.now().toISOString() });

export const failImport = (clock: Clock): Step =>
  failed('The import failed repeatedly; the log of the service says why.', clock);

/**
 * Checks or runs an import: reads its file from the beginning, skips what earlier steps have done, and imports the rest in
 * chunks of products. A check does the same without storing products. Doing a chunk again is harmless.
 */
export const makeRunImport = (
  unitOfWork: UnitOfWork<FilingTx>,
  importRows: ImportRows,
  files: ImportFiles,
  reader: ImportReader,
  clock: Clock,
) => {
  const parts = ({ id, parts: all }: ImportJob): AsyncIterable<Uint8Array> => files.parts(id, all.length);

  const importChunk = async (groups: readonly FileGroup[], job: ImportJob): Promise<RowReport[]> => {
    const isDryRun = job.state === 'checking';
    const rows = groups.flatMap(({ product }): ImportRow[] =>
      product ? [{ line: product.line, patch: ok(product.patch) }] : [],
    );
    const perUnit = isDryRun ? rows.length : (unitOfWork.aggregatesPerUnit ?? rows.length);
    const reports: RowReport[] = [];
    for (let at = 0; at < rows.length; at += perUnit)
      reports.push(
        ...(await unitOfWork.run((tx) =>
          importRows(tx, rows.slice(at, at + perUnit), job.mode, { isDryRun }),
        )),
      );
    return reports;
  };

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
    let { counts, position } = job;
    for await (const groups of ahead(chunksOf(reader.read(job, file, parts(job))))) {
      const last = groups.at(-1)?.last ?? 0;
      if (last <= job.position) continue;
      const reports = await importChunk(groups, job);
      const rejected = rejectedRows(groups, reports);
      if (rejected.length > 0) await files.putRejected(job.id, rejected);
      counts = added(counts, reports, rejected.length);
      position = last;
      const progress = { counts, position };
      yield (now) => ({ ...now, ...progress });
    }
    yield (now) =>
      now.state === 'checking'
        ? { ...now, ...IDLE, state: 'checked', rows: position, expected: counts }
        : { ...now, ...IDLE, state: 'done', endedAt: clock.now().toISOString() };
  }

  return async function* (job: ImportJob): AsyncGenerator<Step> {
    try {
      yield* steps(job);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      yield failed(error.message, clock);
    }
  };
};

async function* chunksOf(groups: AsyncIterable<FileGroup>): AsyncGenerator<readonly FileGroup[]> {
  let chunk: FileGroup[] = [];
  for await (const group of groups) {
    chunk.push(group);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

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
    created: counts.created + count('created'),
    updated: counts.updated + count('updated'),
    unchanged: counts.unchanged + count('unchanged'),
    rejected: counts.rejected + rejected,
  };
};
