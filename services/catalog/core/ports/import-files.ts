/** The uploaded parts and the rejected rows of imports. Writing the same again changes nothing. */
export interface ImportFiles {
  /** @param bytes at most `PART_BYTES` */
  putPart(importId: string, part: number, bytes: Uint8Array): Promise<void>;
  /** The bytes of the parts in order, in small pieces; may be read several times. */
  parts(importId: string, count: number): AsyncIterable<Uint8Array>;
  /**
   * The rejected rows of a batch, in the order of their numbers; replaces those stored of the batch, if they are no more.
   * @param first the number of the first row of the batch
   */
  putRejected(importId: string, first: number, rows: readonly RejectedRow[]): Promise<void>;
  /** The rejected rows from a batch on. */
  rejectedFrom(importId: string, first: number): Promise<readonly RejectedRow[]>;
  /** At most `limit` rows in order, from the beginning or from the `next` of the rows before. */
  rejected(importId: string, after: string | undefined, limit: number): Promise<RejectedPage>;
  removeRejected(importId: string): Promise<void>;
  /** Removes everything of an import. */
  remove(importId: string): Promise<void>;
}

export interface RowError {
  /** The column of the file, if the error concerns one. */
  readonly column?: string | undefined;
  readonly message: string;
}

/** A row as it is in the file. */
export interface RawRow {
  /** Counted from 1, without the head and empty rows. */
  readonly number: number;
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** Its cells; for JSON Lines, the line. */
  readonly cells: readonly string[];
}

export interface RejectedRow extends RawRow {
  readonly errors: readonly RowError[];
}

export interface RejectedPage {
  readonly rows: readonly RejectedRow[];
  /** Absent on the last page. */
  readonly next?: string;
}
