import { Bell } from '#adapters/messaging/bell.ts';
import type { OrderProgress } from '../core/ports/order-progress.ts';
import type { VersionedOrder } from '../core/ports/order-tx.ts';

/** Another instance's changes are seen when this is over. */
const LOOK_AGAIN_MS = 2_000;

/** Tells watchers in this process of changes made in this process; of others' at the latest after a while. */
export class ProgressHub implements OrderProgress {
  readonly #watchers = new Map<string, Set<(order: VersionedOrder) => void>>();

  /** Called after the commit. */
  readonly changed = (orders: readonly VersionedOrder[]): void => {
    for (const one of orders) for (const tell of this.#watchers.get(one.order.orderId) ?? []) tell(one);
  };

  async *watch(orderId: string, signal: AbortSignal): AsyncIterable<VersionedOrder | undefined> {
    const bell = new Bell();
    let latest: VersionedOrder | undefined;
    const tell = (order: VersionedOrder): void => {
      latest = order;
      bell.ring();
    };
    const watchers = this.#watchers.get(orderId) ?? new Set();
    this.#watchers.set(orderId, watchers.add(tell));
    signal.addEventListener('abort', bell.ring);
    try {
      while (!signal.aborted) {
        const order = latest;
        latest = undefined;
        yield order;
        await bell.rung(LOOK_AGAIN_MS);
      }
    } finally {
      signal.removeEventListener('abort', bell.ring);
      watchers.delete(tell);
      if (watchers.size === 0) this.#watchers.delete(orderId);
    }
  }
}
