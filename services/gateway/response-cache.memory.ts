import { LRUCache } from 'lru-cache';
import type { CachedAnswer, GivenAnswer, ResponseCache } from './response-cache.ts';
import { SingleFlight } from '#adapters/batching/single-flight.ts';

interface Entry {
  readonly answer: CachedAnswer;
  /** Generation of each tag when the request began. */
  readonly generations: ReadonlyMap<string, number>;
}

export interface MemoryCacheOptions {
  readonly maxBytes: number;
  readonly ttlMs: number;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

/** More tags than change within the lifetime of an entry. */
const MOST_TAGS = 10_000;

/** For a single gateway: invalidations are not shared with others. */
export class MemoryResponseCache implements ResponseCache {
  readonly #entries: LRUCache<string, Entry>;
  /** Generations of recently invalidated tags. */
  readonly #generations = new Map<string, number>();
  /** The generation of all other tags. */
  #elder = 0;
  #moves = 0;
  readonly #flights = new SingleFlight<CachedAnswer>();

  constructor({ maxBytes, ttlMs, now }: MemoryCacheOptions) {
    this.#entries = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ answer }, key) => key.length + answer.body.length + 500,
      ttl: ttlMs,
      ...(now ? { perf: { now }, ttlResolution: 0 } : {}),
    });
  }

  async getOrMake(
    key: string,
    tags: readonly string[],
    make: () => Promise<CachedAnswer>,
  ): Promise<GivenAnswer> {
    const kept = this.#entries.get(key);
    if (kept && this.#isCurrent(kept.generations)) return { answer: kept.answer, isKept: true };
    const generations = new Map(tags.map((tag) => [tag, this.#generation(tag)]));
    // A request after an invalidation never shares one that began before it.
    const flight = [key, ...generations.values()].join('\n');
    const answer = await this.#flights.share(flight, async () => {
      const made = await make();
      if (made.status === 200 && this.#isCurrent(generations))
        this.#entries.set(key, { answer: made, generations });
      return made;
    });
    return { answer, isKept: false };
  }

  async invalidate(tags: Iterable<string>): Promise<void> {
    for (const tag of tags) {
      if (this.#generations.size >= MOST_TAGS) {
        this.#generations.clear();
        this.#elder = ++this.#moves; // a dropped tag may have changed, so all entries count as stale
      }
      this.#generations.set(tag, ++this.#moves);
    }
    await Promise.resolve();
  }

  #isCurrent(generations: ReadonlyMap<string, number>): boolean {
    return [...generations].every(([tag, generation]) => this.#generation(tag) === generation);
  }

  #generation(tag: string): number {
    return this.#generations.get(tag) ?? this.#elder;
  }
}
