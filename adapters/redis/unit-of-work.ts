import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { retryOnConflict, type Tries } from '../resilience/contention.ts';
import { commit, type Command } from './commit.ts';
import type { RedisConnection } from './connection.ts';

/** Each lost race is somebody else's success, so there may be more of them than on other stores. */
const RACES: Tries = { tries: 30, firstMs: 2, lastMs: 16 };

/**
 * A unit of work on Redis: JSON documents by key.
 *
 * Reads go out at once, writes wait for the end. There one script compares all documents that the unit has read or
 * writes with what it found, and writes them if none has changed. So a unit costs a round trip per read and one for
 * all its writes, holds nothing, and decides by a state that still stood when it was written.
 */
export class RedisTransaction {
  readonly #connection: RedisConnection;
  readonly #found = new Map<string, string | undefined>();
  readonly #written = new Map<string, string | undefined>();
  readonly #commands: Command[] = [];
  readonly #afterCommit: (() => void)[] = [];

  constructor(connection: RedisConnection) {
    this.#connection = connection;
  }

  /** The documents at `keys` as this unit has written them, else as it has first found them. */
  async read<T>(keys: readonly string[]): Promise<(T | undefined)[]> {
    const unknown = [...new Set(keys)].filter((key) => !this.#found.has(key));
    if (unknown.length > 0) {
      const values = await this.#connection.run((client) => client.mget(unknown));
      for (const [index, key] of unknown.entries()) this.#found.set(key, values[index] ?? undefined);
    }
    return keys.map((key) => {
      const text = this.#written.has(key) ? this.#written.get(key) : this.#found.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as T);
    });
  }

  /** Replaces what was read; a document that nobody has looked for must not exist. */
  put(key: string, document: unknown, ttlMs?: number): void {
    const text = JSON.stringify(document);
    this.#expectAsFound(key);
    this.#written.set(key, text);
    this.queue('SET', key, text, ...(ttlMs === undefined ? [] : ['PX', Math.max(1, Math.ceil(ttlMs))]));
  }

  delete(key: string): void {
    this.#expectAsFound(key);
    this.#written.set(key, undefined);
    this.queue('DEL', key);
  }

  /** A write to what is no document (a stream, an index), on which nothing was decided. */
  queue(...command: Command): void {
    this.#commands.push(command);
  }

  /** Called once the unit is in the store. */
  onCommit(callback: () => void): void {
    this.#afterCommit.push(callback);
  }

  /** Answers a key that somebody else has changed: then nothing was written. */
  async commit(): Promise<string | undefined> {
    const changed =
      this.#commands.length > 0 ? await commit(this.#connection, this.#found, this.#commands) : undefined;
    if (changed === undefined) for (const callback of this.#afterCommit) callback();
    return changed;
  }

  #expectAsFound(key: string): void {
    if (!this.#found.has(key)) this.#found.set(key, undefined);
  }
}

/** Runs `work` as one unit; again, from the start, when it lost a race. */
export const inUnit = <T>(
  connection: RedisConnection,
  work: (transaction: RedisTransaction) => Promise<T>,
): Promise<T> =>
  retryOnConflict(async () => {
    const transaction = new RedisTransaction(connection);
    const result = await work(transaction);
    const changed = await transaction.commit();
    if (changed !== undefined) throw new VersionConflict(changed);
    return result;
  }, RACES);

export class RedisUnitOfWork<Tx> implements UnitOfWork<Tx> {
  readonly #connection: RedisConnection;
  readonly #bind: (transaction: RedisTransaction) => Tx;

  /** @param bind makes the repositories of one unit */
  constructor(connection: RedisConnection, bind: (transaction: RedisTransaction) => Tx) {
    this.#connection = connection;
    this.#bind = bind;
  }

  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inUnit(this.#connection, (transaction) => work(this.#bind(transaction)));
  }
}
