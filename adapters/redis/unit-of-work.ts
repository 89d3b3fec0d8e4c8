import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { retryOnConflict, type Tries } from '../resilience/contention.ts';
import { commit, type Command } from './commit.ts';
import type { RedisConnection } from './connection.ts';

/** Each lost race means that another unit succeeded, so more retries are allowed than on other stores. */
const RACES: Tries = { tries: 30, firstMs: 2, lastMs: 16 };

/**
 * A unit of work on Redis: JSON documents by key.
 *
 * Reads are sent at once, and writes wait for the end. Then one script compares all documents that the unit has read or
 * written with the versions it found, and writes them if none has changed. So a unit costs a round trip per read and one for
 * all its writes, holds no locks, and its decisions are based on a state that is still current at the write.
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

  /** The documents at `keys` as written by this unit, or else as first read. */
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

  /** Replaces a document that was read; one that was not read must not exist. */
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

  /** A write to something other than a document (a stream, an index), without a comparison. */
  queue(...command: Command): void {
    this.#commands.push(command);
  }

  /** Called once the unit is in the store. */
  onCommit(callback: () => void): void {
    this.#afterCommit.push(callback);
  }

  /** Returns a key that another unit has changed; nothing was written then. */
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

/** Runs `work` as one unit, and again from the start if it lost a race. */
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
