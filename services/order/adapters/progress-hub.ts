import { Bell } from '#adapters/messaging/bell.ts';
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
