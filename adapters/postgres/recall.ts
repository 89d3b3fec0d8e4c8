import type { Kind, Recent, Settle, Versioned } from './recent.ts';
import { isUnavailable } from './sql.ts';
import type { SqlTransaction } from './unit-of-work.ts';

/** Makes a change in the memory of the process just before the unit commits, and settles it by the outcome. */
export const trackChange = (tx: SqlTransaction, change: (recent: Recent) => Settle): void => {
  const { recent } = tx;
  if (!recent) return;
  let settle: Settle | undefined;
  tx.beforeSend(() => {
    settle = change(recent);
  });
  tx.onCommit(() => settle?.('committed'));
  tx.onFailure((error) => settle?.(isUnavailable(error) ? 'unknown' : 'rolled back'));
};

/** A unit's view of one kind of record, by id. */
export interface Recalled<T> {
  /** Existing records. `read` is called for those that must be read. */
  find(
    ids: readonly string[],
    read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  ): Promise<Map<string, T>>;
  /** A record that this unit writes, guarded by the version that it found. */
  saved(id: string, record: T): void;
}

/**
 * Reads through the memory of the process. They are guesses like any optimistic read: the versions guard the writes, and a
 * unit that fails runs again with a read. Without such memory everything is read.
 */
export const recallFrom = <T extends Versioned>(tx: SqlTransaction, kind: Kind<T>): Recalled<T> => {
  const { recent } = tx;
  const saved = new Map<string, T>();
  const isAbsent = (id: string): boolean =>
    recent?.isProbablyNew(kind, id) === true && tx.mayAssumeIf(() => saved.has(id));
  return {
    find: async (ids, read) => {
      const found = new Map<string, T>();
      const unknown = new Set<string>();
      for (const id of ids) {
        const known = saved.get(id) ?? (recent && tx.mayAssume() ? recent.get(kind, id) : undefined);
        if (known) found.set(id, known);
        else if (!isAbsent(id)) unknown.add(id);
      }
      if (unknown.size > 0) for (const [id, one] of await read([...unknown])) found.set(id, one);
      return found;
    },
    saved: (id, record) => {
      if (saved.size === 0) trackChange(tx, (memory) => memory.change(kind, saved));
      saved.set(id, record);
    },
  };
};
