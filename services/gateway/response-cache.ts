/** An answer that may be given again. */
export interface CachedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface GivenAnswer {
  readonly answer: CachedAnswer;
  /** It was made before, for somebody else. */
  readonly isKept: boolean;
}

/**
 * Answers by key, with tags. Invalidating a tag moves its generation on: an entry whose tags have moved on is stale, and
 * an answer is kept only if none moved while it was made. Requests for the same key at once share one.
 */
export interface ResponseCache {
  /** The answer for `key`: kept, under way, or made now. Only a 200 is kept. */
  getOrMake(key: string, tags: readonly string[], make: () => Promise<CachedAnswer>): Promise<GivenAnswer>;
  /** Whatever has one of these tags is not to be given again. */
  invalidate(tags: Iterable<string>): Promise<void>;
}

/** One answer for all who ask for the same at once. */
export class UnderWay {
  readonly #answers = new Map<string, Promise<CachedAnswer>>();

  /** @param generations those of the key's tags: whoever asks after a change shares nothing that was begun before it */
  share(
    key: string,
    generations: Iterable<string | number | undefined>,
    make: () => Promise<CachedAnswer>,
  ): Promise<CachedAnswer> {
    const shared = `${key}\n${[...generations].join(',')}`;
    const underWay = this.#answers.get(shared);
    if (underWay) return underWay;
    const making = make().finally(() => this.#answers.delete(shared));
    this.#answers.set(shared, making);
    return making;
  }
}
