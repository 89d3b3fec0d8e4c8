import { Bell } from '#adapters/messaging/bell.ts';
import type { OrderProgress, Progress } from '../core/ports/order-progress.ts';
import type { VersionedOrder } from '../core/ports/order-tx.ts';

/** Heartbeat interval: shorter than proxies' idle timeouts. */
const NO_NEWS_MS = 25_000;
/** Maximum delay of changes by other processes. */
const LOOK_MS = 2_000;

/** Version of each existing order. */
export type VersionsOf = (orderIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;

type Notify = (progress: Progress) => void;

/**
 * Notifies watchers in this process of changes made here as they commit. Changes by other processes are polled with one query
 * for all watched orders, so an idle watcher costs nothing.
 */
export class ProgressHub implements OrderProgress {
  readonly #watchers = new Map<string, Set<Notify>>();
  readonly #versionsOf: VersionsOf | undefined;
  /** Watched orders, with the versions that their watchers know. */
  readonly #seen = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  /** @param versionsOf absent if no other process changes orders */
  constructor(versionsOf?: VersionsOf) {
    this.#versionsOf = versionsOf;
  }

  /** Called after the commit. */
  readonly changed = (orders: readonly VersionedOrder[]): void => {
    for (const one of orders) {
      const watchers = this.#watchers.get(one.state.orderId);
      if (!watchers) continue;
      this.#seen.set(one.state.orderId, one.version);
      for (const notify of watchers) notify(one);
    }
  };

  async *watch(orderId: string, signal: AbortSignal): AsyncIterable<Progress> {
    const bell = new Bell();
    let latest: Progress = 'unseen';
    const notify: Notify = (progress) => {
      latest = progress;
      bell.ring();
    };
    this.#add(orderId, notify);
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
      this.#remove(orderId, notify);
    }
  }

  #add(orderId: string, notify: Notify): void {
    this.#watchers.set(orderId, (this.#watchers.get(orderId) ?? new Set()).add(notify));
    if (this.#versionsOf) this.#timer ??= setInterval(() => void this.#look(), LOOK_MS).unref();
  }

  #remove(orderId: string, notify: Notify): void {
    const watchers = this.#watchers.get(orderId);
    watchers?.delete(notify);
    if (watchers?.size !== 0) return;
    this.#watchers.delete(orderId);
    this.#seen.delete(orderId);
    if (this.#watchers.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** A failed poll is repeated at the next interval. */
  async #look(): Promise<void> {
    const versions = await this.#versionsOf?.([...this.#watchers.keys()]).catch(() => undefined);
    for (const [orderId, version] of versions ?? []) {
      const watchers = this.#watchers.get(orderId);
      if (!watchers || this.#seen.get(orderId) === version) continue;
      this.#seen.set(orderId, version);
      for (const notify of watchers) notify('unseen');
    }
  }
}
