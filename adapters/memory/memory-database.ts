import { breathe } from '../system/breath.ts';

/** A table of one service in memory. Values are cloned on the way in and out, as a real store would. */
export interface MemoryTable<T> {
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  delete(key: string): boolean;
  /** All values that match, in order of insertion; `matches` must not keep or change its argument. */
  find(matches?: (value: T) => boolean): T[];
}

export interface MemoryTables {
  table<T>(name: string): MemoryTable<T>;
}

type Rows = Map<string, unknown>;

/** Tables in memory; units of work run one after the other, and their changes become visible at commit. */
export class MemoryDatabase {
  readonly #tables = new Map<string, Rows>();
  #last: Promise<unknown> = Promise.resolve();

  /** The committed state. */
  readonly committed: MemoryTables = {
    table: <T>(name: string) => new OverlayTable<T>(this.#rows(name), undefined),
  };

  /** Runs `work` when all earlier units have ended. */
  async transaction<T>(work: (transaction: MemoryTransaction) => Promise<T>): Promise<T> {
    const mine = this.#last.then(() => this.#run(work));
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #run<T>(work: (transaction: MemoryTransaction) => Promise<T>): Promise<T> {
    await breathe();
    const transaction = new MemoryTransaction((name) => this.#rows(name));
    const result = await work(transaction);
    transaction.commit();
    return result;
  }

  #rows(name: string): Rows {
    let rows = this.#tables.get(name);
    if (!rows) this.#tables.set(name, (rows = new Map<string, unknown>()));
    return rows;
  }
}

/** Changes that are invisible to others until the commit; dropping it is the rollback. */
export class MemoryTransaction implements MemoryTables {
  readonly #rows: (name: string) => Rows;
  readonly #changes = new Map<string, Rows>();
  readonly #afterCommit: (() => void)[] = [];

  constructor(rows: (name: string) => Rows) {
    this.#rows = rows;
  }

  table<T>(name: string): MemoryTable<T> {
    let changes = this.#changes.get(name);
    if (!changes) this.#changes.set(name, (changes = new Map<string, unknown>()));
    return new OverlayTable<T>(this.#rows(name), changes);
  }

  onCommit(callback: () => void): void {
    this.#afterCommit.push(callback);
  }

  commit(): void {
    for (const [name, changes] of this.#changes) {
      const rows = this.#rows(name);
      for (const [key, value] of changes) {
        if (value === undefined) rows.delete(key);
        else rows.set(key, value);
      }
    }
    for (const callback of this.#afterCommit) callback();
  }
}

class OverlayTable<T> implements MemoryTable<T> {
  readonly #rows: Rows;
  readonly #changes: Rows | undefined;

  constructor(rows: Rows, changes: Rows | undefined) {
    this.#rows = rows;
    this.#changes = changes;
  }

  get(key: string): T | undefined {
    const value = this.#changes?.has(key) === true ? this.#changes.get(key) : this.#rows.get(key);
    return structuredClone(value) as T | undefined;
  }

  put(key: string, value: T): void {
    if (!this.#changes) throw new Error('a write needs a unit of work');
    this.#changes.set(key, structuredClone(value));
  }

  delete(key: string): boolean {
    if (!this.#changes) throw new Error('a write needs a unit of work');
    const existed = this.get(key) !== undefined;
    this.#changes.set(key, undefined);
    return existed;
  }

  find(matches: (value: T) => boolean = () => true): T[] {
    const found: T[] = [];
    const visit = (value: unknown): void => {
      if (value !== undefined && matches(value as T)) found.push(structuredClone(value) as T);
    };
    for (const [key, value] of this.#rows)
      visit(this.#changes?.has(key) === true ? this.#changes.get(key) : value);
    for (const [key, value] of this.#changes ?? []) if (!this.#rows.has(key)) visit(value);
    return found;
  }
}
