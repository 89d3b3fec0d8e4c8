import { LRUCache } from 'lru-cache';
import type { Clock } from '#kernel/clock.ts';
import { uuidv7 } from '#kernel/ids.ts';
import type { SqlTransaction } from './unit-of-work.ts';

interface Row {
  readonly version: number;
}

/** Records of some kilobytes each. */
const MOST = 2_000;
const ID_BYTES = 10;

/**
 * What the only writer of a schema knows without a read: records as it committed them last. Only commits fill it, so
 * a record is never older here than in the database; one whose commit failed is forgotten.
 */
export class Recent {
  readonly #records = new LRUCache<string, Row>({ max: MOST });
  readonly #openedAt: string;

  constructor(clock: Clock) {
    this.#openedAt = uuidv7(clock.now().getTime(), new Uint8Array(ID_BYTES));
  }

  get<T extends Row>(table: string, id: string): T | undefined {
    return this.#records.get(`${table} ${id}`) as T | undefined;
  }

  /** Ignored for a version older than the known one: acknowledgements may arrive out of order. */
  committed(table: string, id: string, record: Row): void {
    const key = `${table} ${id}`;
    if ((this.#records.peek(key)?.version ?? -1) < record.version) this.#records.set(key, record);
  }

  forget(table: string, id: string): void {
    this.#records.delete(`${table} ${id}`);
  }

  /** For a change that did not go through units of work. */
  clear(): void {
    this.#records.clear();
  }

  /** True for an unknown record whose id was made after this process started: it probably does not exist yet. */
  isProbablyNew(table: string, id: string): boolean {
    return id > this.#openedAt && id[VERSION_AT] === '7' && !this.#records.has(`${table} ${id}`);
  }
}

/** Position of the version in a UUID. */
const VERSION_AT = 14;

/** A unit's view of one table, by id. */
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
export const recallFrom = <T extends Row>(tx: SqlTransaction, table: string): Recalled<T> => {
  const { recent } = tx;
  const saved = new Map<string, T>();
  const isAbsent = (id: string): boolean =>
    recent?.isProbablyNew(table, id) === true && tx.mayAssumeIf(() => saved.has(id));
  return {
    find: async (ids, read) => {
      const found = new Map<string, T>();
      const unknown = new Set<string>();
      for (const id of ids) {
        const known = saved.get(id) ?? (recent && tx.mayAssume() ? recent.get<T>(table, id) : undefined);
        if (known) found.set(id, known);
        else if (!isAbsent(id)) unknown.add(id);
      }
      if (unknown.size > 0) for (const [id, one] of await read([...unknown])) found.set(id, one);
      return found;
    },
    saved: (id, record) => {
      if (saved.size === 0 && recent) {
        tx.onCommit(() => {
          for (const [one, value] of saved) recent.committed(table, one, value);
        });
        tx.onFailure(() => {
          for (const one of saved.keys()) recent.forget(table, one);
        });
      }
      saved.set(id, record);
    },
  };
};
