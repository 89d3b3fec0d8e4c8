import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Logger } from '#adapters/observability/logger.ts';
import { commit, type Basis, type Command } from '#adapters/redis/commit.ts';
import type { RedisConnection } from '#adapters/redis/connection.ts';
import type { CachedAnswer, GivenAnswer, ResponseCache } from './response-cache.ts';
import { SingleFlight } from '#adapters/batching/single-flight.ts';

/** An expired generation gets a new value, so it must outlive every entry and every request. */
const GENERATION_MS = 60 * 60_000;

/** Includes the generations of its tags when the request began; null if there was none. */
const Entry = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.string(), // base64
  generations: z.array(z.string().nullable()),
});

export interface RedisCacheOptions {
  readonly connection: RedisConnection;
  readonly ttlMs: number;
  readonly logger: Logger;
  /** Prefix of all keys. */
  readonly prefix?: string;
}

/** For all gateways on one Redis with an eviction policy. While Redis is down nothing is cached. */
export class RedisResponseCache implements ResponseCache {
  readonly #options: RedisCacheOptions;
  readonly #prefix: string;
  readonly #flights = new SingleFlight<CachedAnswer>();

  constructor(options: RedisCacheOptions) {
    this.#options = options;
    this.#prefix = options.prefix ?? 'gateway';
  }

  async getOrMake(
    key: string,
    tags: readonly string[],
    make: () => Promise<CachedAnswer>,
  ): Promise<GivenAnswer> {
    const found = await this.#find(key, tags);
    if (!found) return { answer: await make(), isKept: false };
    if (found.kept) return { answer: found.kept, isKept: true };
    const flight = [key, ...found.basis.values()].join('\n');
    const answer = await this.#flights.share(flight, async () => {
      const made = await make();
      if (made.status === 200) await this.#keep(key, made, found.basis);
      return made;
    });
    return { answer, isKept: false };
  }

  /** Throws `StoreUnavailable`: the caller must repeat the invalidation. */
  async invalidate(tags: Iterable<string>): Promise<void> {
    const moves = [...tags].map((tag): Command => [
      'SET',
      this.#generationKey(tag),
      randomUUID(),
      'PX',
      GENERATION_MS,
    ]);
    await commit(this.#options.connection, new Map(), moves);
  }

  /** The entry, if current, and the generations it was checked against; undefined without Redis. */
  async #find(
    key: string,
    tags: readonly string[],
  ): Promise<{ readonly kept: CachedAnswer | undefined; readonly basis: Basis } | undefined> {
    const generationKeys = tags.map((tag) => this.#generationKey(tag));
    try {
      const [text, ...generations] = await this.#options.connection.run((client) =>
        client.mget(this.#entryKey(key), ...generationKeys),
      );
      const basis = new Map(
        generationKeys.map((generationKey, index) => [generationKey, generations[index] ?? undefined]),
      );
      return { kept: text ? toAnswer(text, basis) : undefined, basis };
    } catch (error) {
      this.#tell(error);
      return undefined;
    }
  }

  /** Stores nothing if a tag was invalidated meanwhile. */
  async #keep(key: string, { status, headers, body }: CachedAnswer, basis: Basis): Promise<void> {
    const generations = [...basis.values()].map((generation) => generation ?? null);
    const entry = JSON.stringify({ status, headers, body: body.toString('base64'), generations });
    const { connection, ttlMs } = this.#options;
    try {
      await commit(connection, basis, [['SET', this.#entryKey(key), entry, 'PX', ttlMs]]);
    } catch (error) {
      this.#tell(error);
    }
  }

  #tell(error: unknown): void {
    this.#options.logger.debug({ err: error }, 'the response cache in Redis is unavailable');
  }

  #entryKey(key: string): string {
    return `${this.#prefix}:answer:${key}`;
  }

  #generationKey(tag: string): string {
    return `${this.#prefix}:generation:${tag}`;
  }
}

const toAnswer = (text: string, basis: Basis): CachedAnswer | undefined => {
  const { status, headers, body, generations } = Entry.parse(JSON.parse(text));
  const now = [...basis.values()];
  const isCurrent =
    generations.length === now.length &&
    generations.every((generation, index) => generation === (now[index] ?? null));
  return isCurrent ? { status, headers, body: Buffer.from(body, 'base64') } : undefined;
};
