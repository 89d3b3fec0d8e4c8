import type { LakeBatch, LakeRow } from '../domain/lake-row.ts';

/** Rows on their way to the lake, in a unit of work. */
export interface LakeRows {
  add(rows: readonly LakeRow[]): Promise<void>;
}

/** Rows that wait to be written. */
export interface LakeQueue {
  /** A batch that was begun and not ended, or else a new one of at most `limit` rows; undefined if no row waits. */
  begin(limit: number): Promise<LakeBatch | undefined>;
  /** Forgets the rows of a batch, which are in the lake. */
  end(batchId: string): Promise<void>;
}

/** The raw log of all events, for other programs to read. */
export interface Lake {
  /**
   * Each file appears completely or not at all. A batch that is written again replaces its files.
   * Throws an outage if the storage is away.
   */
  write(batch: LakeBatch): Promise<void>;
  close(): Promise<void>;
}
