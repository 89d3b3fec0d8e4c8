import type { FileFacts, ImportJob } from '../domain/import-job.ts';
import type { ProductPatch } from '../domain/product-patch.ts';
import type { RawRow, RejectedRow } from './import-files.ts';

/** Adjacent rows of a file that belong to one product, or a row that is rejected alone. */
export interface FileGroup {
  /** The number of its last row. */
  readonly last: number;
  /** Rows that are rejected whatever the catalogue contains. */
  readonly rejected: readonly RejectedRow[];
  /** Absent if no row is left. */
  readonly product?: {
    readonly line: number;
    readonly patch: ProductPatch;
    readonly rows: readonly RawRow[];
  };
}

/** Reads files of products. Both methods throw `UnreadableFile`. */
export interface ImportReader {
  inspect(job: ImportJob, parts: AsyncIterable<Uint8Array>): Promise<FileFacts>;
  /** The products of the file in order, in memory that does not depend on its size. */
  read(job: ImportJob, facts: FileFacts, parts: AsyncIterable<Uint8Array>): AsyncIterable<FileGroup>;
  /** The row without stock adjustments, except those of these SKUs. */
  adjustingOnly(skus: ReadonlySet<string>, row: RawRow, job: ImportJob): RawRow;
}

/** The file as a whole cannot be read; the message is for people. */
export class UnreadableFile extends Error {}
