import type { SqlTransaction, Write } from './unit-of-work.ts';

export interface Saves<T> {
  /** Saving a row again first writes all that was saved before. */
  readonly save: (one: T) => Promise<void>;
  /** The same read, which sees what was saved. */
  readonly seenBy: <Args extends readonly unknown[], R>(
    read: (...args: Args) => Promise<R>,
  ) => (...args: Args) => Promise<R>;
}

/**
 * Keeps what a unit saves until the unit ends, and writes it at once: in the order of keys, so that two units that change the same rows
 * do not wait for each other.
 * @param keysOf the keys of the rows that it changes, that of its own row first: no statement may change a row twice
 * @param writesOf of rows with different keys
 */
export const savesIn = <T>(
  tx: SqlTransaction,
  keysOf: (one: T) => readonly [string, ...string[]],
  writesOf: (all: readonly T[]) => readonly Write[],
): Saves<T> => {
  let saved: T[] = [];
  const keys = new Set<string>();
  const flush = async (): Promise<void> => {
    const all = saved.sort((a, b) => (keysOf(a)[0] < keysOf(b)[0] ? -1 : 1));
    saved = [];
    keys.clear();
    for (const write of all.length === 0 ? [] : writesOf(all)) await tx.write(write);
  };
  let isFirst = true;
  const save = async (one: T): Promise<void> => {
    if (isFirst) tx.beforeCommit(flush);
    isFirst = false;
    const changed = keysOf(one);
    if (changed.some((key) => keys.has(key))) await flush();
    saved.push(one);
    for (const key of changed) keys.add(key);
  };
  return {
    save,
    seenBy:
      (read) =>
      async (...args) => {
        await flush();
        return read(...args);
      },
  };
};
