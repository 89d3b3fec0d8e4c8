import { once } from 'node:events';
import { Redis } from 'ioredis';
import { backoff } from '../messaging/backoff.ts';
import { StoreUnavailable } from '../messaging/stores.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

export interface RedisOptions {
  /** `redis://…` or `rediss://…`. */
  readonly url: string;
  /** Timeout of a command, and of a connection. */
  readonly timeoutMs: number;
  /** How long a command waits for a connection that is being made; `timeoutMs` when absent. */
  readonly patienceMs?: number;
  readonly onError: (error: Error) => void;
}

/** Error replies that mean the server is temporarily unavailable. */
const CANNOT_NOW = /^(LOADING|BUSY|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|OOM) /;

/** One connection for all commands, opened with the first one, with unlimited reconnects. */
export class RedisConnection {
  readonly #client: Redis;
  readonly #patienceMs: number;
  #opening: Promise<unknown> | undefined;

  constructor({ url, timeoutMs, patienceMs = timeoutMs, onError }: RedisOptions) {
    this.#patienceMs = patienceMs;
    this.#client = new Redis(url, {
      lazyConnect: true,
      commandTimeout: timeoutMs,
      connectTimeout: timeoutMs,
      retryStrategy: (attempt) => backoff(attempt - 1, FIRST_PAUSE_MS, LONGEST_PAUSE_MS),
      // Commands are never delayed or resent, because the first attempt may have taken effect.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
    });
    this.#client.on('error', onError);
  }

  /** Sends commands. Throws `StoreUnavailable` without a reply, or if the server is temporarily unavailable. */
  async run<T>(send: (client: Redis) => Promise<T>): Promise<T> {
    await this.#open();
    try {
      return await send(this.#client);
    } catch (error) {
      if (!(error instanceof Error) || error instanceof TypeError) throw error;
      if (error.name === 'ReplyError') throw CANNOT_NOW.test(error.message) ? away(error) : error;
      // After a timeout the connection is unreliable: later commands should not wait for it as well.
      if (this.#isOpen()) this.#client.disconnect(true);
      throw away(error);
    }
  }

  async close(): Promise<void> {
    await this.#client.quit().catch(() => undefined);
    this.#client.disconnect();
  }

  async #open(): Promise<void> {
    if (this.#isOpen()) return;
    if (this.#client.status === 'wait') this.#client.connect().catch(() => undefined); // reported by `onError`
    if (this.#patienceMs > 0 && this.#client.status !== 'end')
      await (this.#opening ??= this.#opened().finally(() => (this.#opening = undefined)));
    if (!this.#isOpen()) throw new StoreUnavailable('Redis is away');
  }

  #isOpen(): boolean {
    return this.#client.status === 'ready';
  }

  async #opened(): Promise<void> {
    await once(this.#client, 'ready', { signal: AbortSignal.timeout(this.#patienceMs) }).catch(
      () => undefined,
    );
  }
}

const away = (cause: Error): StoreUnavailable => new StoreUnavailable(`Redis: ${cause.message}`, { cause });
