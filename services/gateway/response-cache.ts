import { LRUCache } from 'lru-cache';

/** An answer that may be given again. */
export interface CachedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

interface Entry {
  readonly answer: CachedAnswer;
  /** Generation of each tag when the request began. */
  readonly generations: ReadonlyMap<string, number>;
}

export interface ResponseCacheOptions {
  readonly maxBytes: number;
  readonly ttlMs: number;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

/**
 * Answers by key, with tags. Invalidating a tag bumps its generation: an entry whose tags have moved on is stale,
 * and an answer is kept only if none moved while it was made. Requests for the same key at once share one.
 */
export class ResponseCache {
  readonly #entries: LRUCache<string, Entry>;
  readonly #generations = new Map<string, number>();
  readonly #underWay = new Map<string, Promise<CachedAnswer>>();

  constructor({ maxBytes, ttlMs, now }: ResponseCacheOptions) {
    this.#entries = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ answer }) => answer.body.length + 500,
      ttl: ttlMs,
      ...(now ? { perf: { now }, ttlResolution: 0 } : {}),
    });
  }

  get(key: string): CachedAnswer | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    for (const [tag, generation] of entry.generations)
      if (this.#generation(tag) !== generation) return undefined;
    return entry.answer;
  }

  /** The answer for `key`: kept, under way, or made now. Only a 200 is kept. */
  async getOrMake(
    key: string,
    tags: readonly string[],
    make: () => Promise<CachedAnswer>,
  ): Promise<CachedAnswer> {
    const generations = new Map(tags.map((tag) => [tag, this.#generation(tag)]));
    // Whoever asks after an invalidation must not share an answer that was begun before it.
    const shared = `${key}\n${[...generations.values()].join(',')}`;
    const underWay = this.#underWay.get(shared);
    if (underWay) return underWay;
    const making = make();
    this.#underWay.set(shared, making);
    try {
      const answer = await making;
      const isCurrent = [...generations].every(([tag, generation]) => this.#generation(tag) === generation);
      if (answer.status === 200 && isCurrent) this.#entries.set(key, { answer, generations });
      return answer;
    } finally {
      this.#underWay.delete(shared);
    }
  }

  /** Whatever has this tag is not to be given again. */
  invalidate(tag: string): void {
    this.#generations.set(tag, this.#generation(tag) + 1);
  }

  #generation(tag: string): number {
    return this.#generations.get(tag) ?? 0;
  }
}
