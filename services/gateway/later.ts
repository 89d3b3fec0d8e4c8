/** How long the other services take to handle an event, as a rule. */
const LATER_MS = 500;

/**
 * Collects what is to be done a moment after an event: other services may receive it after the gateway, so that what they say in between
 * is stale.
 */
export class Later<T> {
  readonly #work: (items: ReadonlySet<T>) => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #waiting = new Set<T>();
  #timer: NodeJS.Timeout | undefined;

  /** @param onError the work is not repeated */
  constructor(work: (items: ReadonlySet<T>) => Promise<void>, onError: (error: unknown) => void) {
    this.#work = work;
    this.#onError = onError;
  }

  add(items: Iterable<T>): void {
    for (const item of items) this.#waiting.add(item);
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => void this.#flush(), LATER_MS).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #flush(): Promise<void> {
    const items = this.#waiting;
    this.#waiting = new Set();
    this.#timer = undefined;
    try {
      await this.#work(items);
    } catch (error) {
      this.#onError(error);
    }
  }
}
