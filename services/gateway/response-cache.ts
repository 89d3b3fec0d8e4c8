/** A response that can be served again. */
export interface CachedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface GivenAnswer {
  readonly answer: CachedAnswer;
  /** True if it was fetched earlier or for another client. */
  readonly isKept: boolean;
}

/**
 * Responses by key, with tags. Invalidating a tag increments its generation: an entry is stale once the generation of a tag
 * has changed, and a response is stored only if none changed while it was fetched. Concurrent requests for a key share one.
 */
export interface ResponseCache {
  /** The response for `key`: cached, shared with a request in flight, or fetched now. Only a 200 is stored. */
  getOrMake(key: string, tags: readonly string[], make: () => Promise<CachedAnswer>): Promise<GivenAnswer>;
  /** Entries with one of these tags are not served again. */
  invalidate(tags: Iterable<string>): Promise<void>;
}
