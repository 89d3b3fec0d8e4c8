import type { Logger } from '#adapters/observability/logger.ts';
import type { ResponseCache } from './response-cache.ts';

/** How long the other services take to handle an event, as a rule. */
const LATER_MS = 500;

/**
 * Invalidates tags again a moment after their event: a page shows what several services know, and one of them may have received the
 * event after the gateway, so that a page made in between is stale.
 */
export class LateInvalidation {
  readonly #cache: Pick<ResponseCache, 'invalidate'>;
  readonly #logger: Logger;
  #waiting = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(cache: Pick<ResponseCache, 'invalidate'>, logger: Logger) {
    this.#cache = cache;
    this.#logger = logger;
  }

  invalidate(tags: Iterable<string>): void {
    for (const tag of tags) this.#waiting.add(tag);
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => void this.#flush(), LATER_MS).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #flush(): Promise<void> {
    const tags = this.#waiting;
    this.#waiting = new Set();
    this.#timer = undefined;
    try {
      await this.#cache.invalidate(tags);
    } catch (error) {
      this.#logger.warn({ err: error }, 'the cache could not be invalidated again'); // its entries expire soon
    }
  }
}
