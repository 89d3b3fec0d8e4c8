import { once } from 'node:events';
import { Redis } from 'ioredis';
import { backoff } from '../messaging/backoff.ts';
import { StoreUnavailable } from '../messaging/stores.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

export interface RedisOptions {
  /** `redis://…` or `rediss://…`. */
  readonly url: string;
  /** For an answer, and for a connection to be made. */
  readonly timeoutMs: number;
  /** How long a command waits for a connection that is being made; `timeoutMs` when absent. */
  readonly patienceMs?: number;
  readonly onError: (error: Error) => void;
}

/** Answers by which a server says that it cannot right now, whatever was asked. */
const CANNOT_NOW = /^(LOADING|BUSY|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|MISCONF|OOM) /;

/** One connection for all commands; made with the first one, and made again for as long as it takes. */
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
      // Nothing is sent later than it was asked for, or twice: nobody knows whether the first time had its effect.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
    });
    this.#client.on('error', onError);
  }

  /** Sends commands. Throws `StoreUnavailable` when no answer comes, or none but that the server cannot right now. */
  async run<T>(send: (client: Redis) => Promise<T>): Promise<T> {
    await this.#open();
    try {
      return await send(this.#client);
    } catch (error) {
      if (!(error instanceof Error) || error instanceof TypeError) throw error;
      if (error.name === 'ReplyError') throw CANNOT_NOW.test(error.message) ? away(error) : error;
      // Without an answer the connection is not to be trusted: those who ask next shall not wait for it as well.
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
    if (this.#client.status === 'wait') this.#client.connect().catch(() => undefined); // `onError` is told
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
