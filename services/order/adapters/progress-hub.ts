import { Bell } from '#adapters/messaging/bell.ts';
import type { OrderProgress, Progress } from '../core/ports/order-progress.ts';
import type { VersionedOrder } from '../core/ports/order-tx.ts';

/** How often those who watch hear that nothing has happened: before any proxy takes the connection for dead. */
const NO_NEWS_MS = 25_000;
/** How late another process' changes are seen. */
const LOOK_MS = 2_000;

/** The version of each order that there is. */
export type VersionsOf = (orderIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;

type Tell = (progress: Progress) => void;

/**
 * Tells watchers in this process of changes made in this process as they commit. Of those that others make it reads itself: once
 * for all orders that are watched, so that a watcher costs nothing while nothing happens.
 */
export class ProgressHub implements OrderProgress {
  readonly #watchers = new Map<string, Set<Tell>>();
  readonly #versionsOf: VersionsOf | undefined;
  /** Of the orders that are watched, as far as it has told. */
  readonly #told = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  /** @param versionsOf absent where no other process changes orders */
  constructor(versionsOf?: VersionsOf) {
    this.#versionsOf = versionsOf;
  }

  /** Called after the commit. */
  readonly changed = (orders: readonly VersionedOrder[]): void => {
    for (const one of orders) {
      const watchers = this.#watchers.get(one.order.orderId);
      if (!watchers) continue;
      this.#told.set(one.order.orderId, one.version);
      for (const tell of watchers) tell(one);
    }
  };

  async *watch(orderId: string, signal: AbortSignal): AsyncIterable<Progress> {
    const bell = new Bell();
    let latest: Progress = 'unseen';
    const tell: Tell = (progress) => {
      latest = progress;
      bell.ring();
    };
    this.#add(orderId, tell);
    signal.addEventListener('abort', bell.ring);
    try {
      while (!signal.aborted) {
        const progress = latest;
        latest = 'no news';
        yield progress;
        await bell.rung(NO_NEWS_MS);
      }
    } finally {
      signal.removeEventListener('abort', bell.ring);
      this.#remove(orderId, tell);
    }
  }

  #add(orderId: string, tell: Tell): void {
    this.#watchers.set(orderId, (this.#watchers.get(orderId) ?? new Set()).add(tell));
    if (this.#versionsOf) this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
  }

  #remove(orderId: string, tell: Tell): void {
    const watchers = this.#watchers.get(orderId);
    watchers?.delete(tell);
    if (watchers?.size !== 0) return;
    this.#watchers.delete(orderId);
    this.#told.delete(orderId);
    if (this.#watchers.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** A store that is away is asked again the next time. */
  async #look(): Promise<void> {
    const versions = await this.#versionsOf?.([...this.#watchers.keys()]).catch(() => undefined);
    for (const [orderId, version] of versions ?? []) {
      const watchers = this.#watchers.get(orderId);
      if (!watchers || this.#told.get(orderId) === version) continue;
      this.#told.set(orderId, version);
      for (const tell of watchers) tell('unseen');
    }
  }
}
