import { recallFrom } from './recall.ts';
import type { Kind, Versioned } from './recent.ts';
import type { SqlTransaction, Write } from './unit-of-work.ts';

/** A record that a unit has changed. */
export interface Saved<T> {
  readonly id: string;
  readonly record: T;
  /** The version that the unit found; 0 for a new record. */
  readonly before: number;
}

/** How records are read and written: a table, or more than one. */
export interface RecordStore<T> {
  /** Those that exist, by id. */
  readonly find: (
    sql: Pick<SqlTransaction, 'query'>,
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, T>>;
  /** @param changes sorted by id, one per record */
  readonly save: (changes: readonly Saved<T>[]) => readonly Write[];
}

export interface Records<T> {
  /** Existing records by id, including changes by this unit. */
  readonly find: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>;
  /** @param before version before this change; that of a record's first change in this unit counts */
  readonly save: (id: string, record: T, before: number) => Promise<void>;
}

/**
 * Records in SQL: read without a lock, through the memory of the process, and written at the end of the unit. Rows are
 * written in the order of their ids, so that two units that change the same records do not wait for each other.
 */
export const postgresRecords = <T extends Versioned>(
  tx: SqlTransaction,
  kind: Kind<T>,
  store: RecordStore<T>,
): Records<T> => {
  const recalled = recallFrom(tx, kind);
  const saved = new Map<string, Saved<T>>();
  const flush = async (): Promise<void> => {
    const changes = [...saved.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const write of store.save(changes)) await tx.write(write);
  };
  return {
    find: (ids) => recalled.find(ids, (unknown) => store.find(tx, unknown)),
    save: async (id, record, before) => {
      if (saved.size === 0) tx.beforeCommit(flush);
      saved.set(id, { id, record, before: saved.get(id)?.before ?? before });
      recalled.saved(id, record);
      await Promise.resolve();
    },
  };
};

/** Adds records to those that are written together at the end of the unit. */
export const postgresAdditions = <T>(
  tx: SqlTransaction,
  write: (records: readonly T[]) => readonly Write[],
): ((records: readonly T[]) => Promise<void>) => {
  const added: T[] = [];
  const flush = async (): Promise<void> => {
    for (const one of write(added)) await tx.write(one);
  };
  return async (records) => {
    if (added.length === 0 && records.length > 0) tx.beforeCommit(flush);
    added.push(...records);
    await Promise.resolve();
  };
};
