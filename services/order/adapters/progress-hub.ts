import type { OrderProgress } from '../core/ports/order-progress.ts';

/** Another instance's changes are seen when this is over. */
const LOOK_AGAIN_MS = 2_000;

/** Tells watchers in this process of changes made in this process; of others' at the latest after a while. */
export class ProgressHub implements OrderProgress {
  readonly #watchers = new Map<string, Set<() => void>>();

  /** Called after the commit. */
  readonly changed = (orderIds: readonly string[]): void => {
    for (const orderId of orderIds) for (const wake of this.#watchers.get(orderId) ?? []) wake();
  };

  async *watch(orderId: string, signal: AbortSignal): AsyncIterable<void> {
    const bell = new Bell();
    const watchers = this.#watchers.get(orderId) ?? new Set();
    this.#watchers.set(orderId, watchers.add(bell.ring));
    signal.addEventListener('abort', bell.ring);
    try {
      while (!signal.aborted) {
        yield;
        await bell.rung(LOOK_AGAIN_MS);
      }
    } finally {
      signal.removeEventListener('abort', bell.ring);
      watchers.delete(bell.ring);
      if (watchers.size === 0) this.#watchers.delete(orderId);
    }
  }
}

/** Remembers that it was rung until somebody waits for it. */
class Bell {
  #isRung = false;
  #answer: (() => void) | undefined;

  readonly ring = (): void => {
    this.#isRung = true;
    this.#answer?.();
  };

  /** Resolves when it was rung since the last wait, or after `ms` milliseconds. */
  async rung(ms: number): Promise<void> {
    if (!this.#isRung)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#answer = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#isRung = false;
    this.#answer = undefined;
  }
}
