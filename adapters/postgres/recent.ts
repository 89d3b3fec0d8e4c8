import { LRUCache } from 'lru-cache';
import type { Clock } from '#kernel/clock.ts';
import { uuidv7 } from '#kernel/ids.ts';

/** Records of some kilobytes each. */
const MOST = 2_000;
/** Longer than a statement may run: after it, a commit with an unknown outcome has an outcome. */
const UNKNOWN_MS = 60_000;
const ID_BYTES = 10;
/** Position of the version in a UUID. */
const VERSION_AT = 14;

/** A kind of record; `T` is for the compiler only. */
export interface Kind<T extends object> {
  readonly kind: string;
  readonly example?: T;
}

/** Called once with the outcome of a change. */
export type Settle = (outcome: 'committed' | 'rolled back' | 'unknown') => void;

/** Records that changed while a read was in progress. */
interface Reading {
  readonly changed: Set<string>;
  isVoid: boolean;
}

/**
 * What the only writer of a schema knows without a query: records as it committed or read them last. It is never older than
 * what was acknowledged: a change is announced before its commit is sent, and a read during a change is not kept.
 */
export class Recent {
  readonly #records = new LRUCache<string, object>({ max: MOST });
  readonly #readings = new Set<Reading>();
  /** Number of changes in flight, by record. */
  readonly #changing = new Map<string, number>();
  #changingAll = 0;
  readonly #openedAt: string;

  constructor(clock: Clock) {
    this.#openedAt = uuidv7(clock.now().getTime(), new Uint8Array(ID_BYTES));
  }

  get<T extends object>(kind: Kind<T>, id: string): T | undefined {
    return this.#records.get(keyOf(kind, id)) as T | undefined; // only `T`s are kept under this kind
  }

  /** Known records, and those of the others that `read` finds. It must read committed state. */
  async through<T extends object>(
    kind: Kind<T>,
    ids: readonly string[],
    read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  ): Promise<ReadonlyMap<string, T>> {
    const found = new Map<string, T>();
    for (const id of ids) {
      const known = this.get(kind, id);
      if (known) found.set(id, known);
    }
    const unknown = ids.filter((id) => !found.has(id));
    if (unknown.length === 0) return found;
    const reading: Reading = { changed: new Set(), isVoid: this.#changingAll > 0 };
    this.#readings.add(reading);
    try {
      for (const [id, record] of await read(unknown)) {
        const key = keyOf(kind, id);
        found.set(id, record);
        if (!reading.isVoid && !reading.changed.has(key) && !this.#changing.has(key))
          this.#records.set(key, record);
      }
      return found;
    } finally {
      this.#readings.delete(reading);
    }
  }

  /** True for an unknown record whose id was made after this process started: it probably does not exist yet. */
  isProbablyNew(kind: Kind<object>, id: string): boolean {
    return id > this.#openedAt && id[VERSION_AT] === '7' && !this.#records.has(keyOf(kind, id));
  }

  /** Announces a change of records, with their new contents. */
  change<T extends Versioned>(kind: Kind<T>, records: ReadonlyMap<string, T>): Settle {
    const keys = [...records].map(([id, record]) => [keyOf(kind, id), record] as const);
    for (const [key] of keys) this.#changing.set(key, (this.#changing.get(key) ?? 0) + 1);
    const end = (): void => {
      for (const [key] of keys) {
        const left = (this.#changing.get(key) ?? 0) - 1;
        if (left > 0) this.#changing.set(key, left);
        else this.#changing.delete(key);
        for (const { changed } of this.#readings) changed.add(key);
      }
    };
    return (outcome) => {
      for (const [key, record] of keys)
        if (outcome === 'committed') this.#remember(key, record);
        else this.#records.delete(key);
      afterOutcome(outcome, end);
    };
  }

  /** Announces a change of other records than its writer knows. */
  changeAll(): Settle {
    this.#changingAll += 1;
    const end = (): void => {
      this.#changingAll -= 1;
      this.clear();
    };
    return (outcome) => {
      this.clear();
      afterOutcome(outcome, end);
    };
  }

  /** After a change that was not announced. */
  clear(): void {
    this.#records.clear();
    for (const reading of this.#readings) reading.isVoid = true;
  }

  /** Acknowledgements may arrive out of order. */
  #remember(key: string, record: Versioned): void {
    const known = this.#records.peek(key) as Versioned | undefined;
    if ((known?.version ?? -1) < record.version) this.#records.set(key, record);
  }
}

export interface Versioned {
  readonly version: number;
}

const keyOf = ({ kind }: Kind<object>, id: string): string => `${kind} ${id}`;

const afterOutcome = (outcome: Parameters<Settle>[0], end: () => void): void => {
  if (outcome === 'unknown') setTimeout(end, UNKNOWN_MS).unref();
  else end();
};
