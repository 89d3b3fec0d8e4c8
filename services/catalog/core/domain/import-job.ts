import type { RunnableJob } from '#kernel/jobs.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { RowAdjustment } from './stock-adjustment.ts';

export type ImportFormat = 'csv' | 'jsonl';

/**
 * `merge`: changes known products and creates others. `create`: creates, and refuses known products. `update`: changes, and
 * refuses unknown products. `replace`: like `merge`, but fields and variants that the file omits are removed.
 */
export type ImportMode = 'merge' | 'create' | 'update' | 'replace';

export interface ImportSettings {
  readonly fileName: string;
  readonly format: ImportFormat;
  readonly mode: ImportMode;
  /** The mark before decimals in the file's prices. */
  readonly decimal: '.' | ',';
  /** Detected unless stated; a byte order mark takes precedence. */
  readonly charset?: string | undefined;
  /** Detected unless stated. */
  readonly delimiter?: string | undefined;
}

/** A column of the file. */
export interface FileColumn {
  readonly name: string;
  /** The field that it is imported as; `null` if it is ignored; absent if it is unknown. */
  readonly field?: string | null;
  /** Its first values, shortened. */
  readonly samples: readonly string[];
}

/** What was found out about the file. */
export interface FileFacts {
  readonly charset: string;
  readonly isCompressed: boolean;
  /** Of CSV only. */
  readonly delimiter?: string | undefined;
  /** Empty for JSON Lines. */
  readonly columns: readonly FileColumn[];
}

/** Products, rejected rows, and SKUs whose stock is adjusted. */
export interface ImportCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly stockAdjusted: number;
}

export const NOTHING: ImportCounts = { created: 0, updated: 0, unchanged: 0, rejected: 0, stockAdjusted: 0 };

export type ImportState = 'uploading' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'cancelled';

/** A file of products on its way into the catalogue. Times are ISO 8601. */
export interface ImportJob extends RunnableJob, ImportSettings {
  readonly state: ImportState;
  /** Bytes of each uploaded part; 0 for one that is missing. */
  readonly parts: readonly number[];
  /** Fields by column, as set by staff; `null` ignores a column. */
  readonly mapping: Readonly<Record<string, string | null>>;
  readonly file?: FileFacts | undefined;
  /** The number of the last row that the current pass has handled. */
  readonly position: number;
  /** Rows in the file, once it is checked. */
  readonly rows?: number | undefined;
  /** The outcome of the check. */
  readonly expected?: ImportCounts | undefined;
  /** The outcome of the current pass. */
  readonly counts: ImportCounts;
  /** Stock adjustments of the last rows that were handled, until all are made, or refused and listed. */
  readonly pending?: PendingAdjustments | undefined;
  /** The ID of the user who may adjust stock and has started it. */
  readonly adjustedBy?: string | undefined;
  /** Why the file as a whole cannot be imported. */
  readonly problem?: string | undefined;
  readonly createdAt: string;
  readonly startedAt?: string | undefined;
  readonly endedAt?: string | undefined;
}

export interface PendingAdjustments {
  /** The numbers of the first and the last row of their batch. */
  readonly first: number;
  readonly last: number;
  readonly adjustments: readonly RowAdjustment[];
}

export const PART_BYTES = 8 * 1024 * 1024;
export const MOST_PARTS = 1_000;
export const FILE_BYTES = 512 * 1024 * 1024;

type Changed<Code extends string> = Result<ImportJob, Refusal<Code>>;

const change = (job: ImportJob, changes: Partial<ImportJob>): ImportJob => ({
  ...job,
  ...changes,
  version: job.version + 1,
});

const wrongState = (job: ImportJob): Result<never, Refusal<'IMPORT_STATE'>> =>
  refuse('IMPORT_STATE', `The import is in the state "${job.state}".`);

export const newImport = (id: string, settings: ImportSettings, now: Date): ImportJob => ({
  id,
  version: 1,
  ...settings,
  state: 'uploading',
  parts: [],
  mapping: {},
  position: 0,
  counts: NOTHING,
  createdAt: now.toISOString(),
});

/** Bytes uploaded so far. */
export const bytesOf = ({ parts }: Pick<ImportJob, 'parts'>): number => parts.reduce((a, b) => a + b, 0);

const UPLOADABLE: readonly ImportState[] = ['uploading', 'checked', 'failed'];

/** A run that has failed after it may have adjusted stock: it continues where it was, so that nothing is adjusted twice. */
const isInterrupted = ({ state, adjustedBy, position }: ImportJob): boolean =>
  state === 'failed' && adjustedBy !== undefined && position > 0;

const isUploadable = (job: ImportJob): boolean => UPLOADABLE.includes(job.state) && !isInterrupted(job);

/** With a part uploaded, or uploaded again; the file must then be checked again. */
export const withPart = (
  job: ImportJob,
  part: number,
  bytes: number,
): Changed<'IMPORT_STATE' | 'PAYLOAD_TOO_LARGE'> => {
  if (!isUploadable(job)) return wrongState(job);
  const parts = Array.from({ length: Math.max(job.parts.length, part + 1) }, (_, at) =>
    at === part ? bytes : (job.parts[at] ?? 0),
  );
  if (bytesOf({ parts }) > FILE_BYTES)
    return refuse('PAYLOAD_TOO_LARGE', `A file has at most ${FILE_BYTES} bytes.`);
  return ok(
    change(job, { parts, state: 'uploading', file: undefined, problem: undefined, expected: undefined }),
  );
};

/** @param slot where it waits for its turn */
export const beginCheck = (
  job: ImportJob,
  mapping: ImportJob['mapping'] | undefined,
  slot: number,
): Changed<'IMPORT_STATE' | 'IMPORT_INCOMPLETE'> => {
  if (!isUploadable(job)) return wrongState(job);
  const missing = job.parts.length === 0 ? 0 : job.parts.indexOf(0);
  if (missing >= 0) return refuse('IMPORT_INCOMPLETE', `Part ${missing} of the file is missing.`);
  return ok(
    change(job, {
      state: 'checking',
      slot,
      mapping: mapping ?? job.mapping,
      file: undefined,
      position: 0,
      rows: undefined,
      counts: NOTHING,
      expected: undefined,
      problem: undefined,
    }),
  );
};

/** Columns whose data would be lost without notice. */
export const unknownColumns = ({ file }: Pick<ImportJob, 'file'>): readonly string[] =>
  (file?.columns ?? []).filter(({ field }) => field === undefined).map(({ name }) => name);

/** The field of a column that adjusts stock. */
export const STOCK_FIELD = 'stock_adjustment';

/** True if the file may adjust stock: by a column, or by lines that the check has seen. */
const adjustsStock = ({ format, file, expected }: ImportJob): boolean =>
  format === 'csv'
    ? (file?.columns ?? []).some(({ field }) => field === STOCK_FIELD)
    : (expected?.stockAdjusted ?? 0) > 0;

export interface Starter {
  readonly userId: string;
  readonly mayAdjustStock: boolean;
}

/** Begins a run of a checked file, or continues one that was interrupted. */
export const beginRun = (
  job: ImportJob,
  by: Starter,
  slot: number,
  now: Date,
): Changed<'IMPORT_STATE' | 'UNKNOWN_COLUMNS' | 'STOCK_FORBIDDEN'> => {
  if (job.state !== 'checked' && !isInterrupted(job)) return wrongState(job);
  if (adjustsStock(job) && !by.mayAdjustStock)
    return refuse(
      'STOCK_FORBIDDEN',
      `Only an inventory manager may adjust stock; or ignore "${STOCK_FIELD}".`,
    );
  const adjustedBy =
    by.mayAdjustStock && (adjustsStock(job) || job.format === 'jsonl') ? by.userId : undefined;
  const running = { state: 'running', slot, adjustedBy, problem: undefined, endedAt: undefined } as const;
  if (isInterrupted(job)) return ok(change(job, running));
  const [unknown] = unknownColumns(job);
  if (unknown !== undefined)
    return refuse('UNKNOWN_COLUMNS', `Map the column "${unknown}" to a field, or to null to ignore it.`);
  return ok(change(job, { ...running, position: 0, counts: NOTHING, startedAt: now.toISOString() }));
};

/** Cancelled; what was imported so far stays. It keeps its slot until the stock adjustments of that are made. */
export const cancelled = (job: ImportJob, now: Date): Changed<'IMPORT_STATE'> =>
  job.state === 'done' || job.state === 'cancelled'
    ? wrongState(job)
    : ok(
        change(job, {
          ...(job.pending ? { lease: undefined } : IDLE),
          state: 'cancelled',
          endedAt: now.toISOString(),
        }),
      );

/** Without its place among the jobs that run. */
export const IDLE = { slot: undefined, lease: undefined } as const;

/** Whether a runner is at work on it. */
export const isActive = ({ slot }: ImportJob): boolean => slot !== undefined;
