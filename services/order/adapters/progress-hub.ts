import { Bell } from '#adapters/messaging/bell.ts';
import type { OrderProgress, OrderWatch, Progress } from '../core/ports/order-progress.ts';
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
  /** Watched orders, with the versions that their watchers were told. */
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

  watch(orderId: string, signal: AbortSignal): OrderWatch {
    const bell = new Bell();
    let latest: Progress = 'no news';
    let isOver = false;
    const notify: Notify = (progress) => {
      latest = progress;
      bell.ring();
    };
    const close = (): void => {
      isOver = true;
      signal.removeEventListener('abort', close);
      this.#remove(orderId, notify);
      bell.ring();
    };
    this.#add(orderId, notify);
    signal.addEventListener('abort', close);
    if (signal.aborted) close();
    return {
      close,
      async *[Symbol.asyncIterator]() {
        for (;;) {
          await bell.rung(NO_NEWS_MS);
          if (isOver) return;
          const progress = latest;
          latest = 'no news';
          yield progress;
        }
      },
    };
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
      for (const notify of watchers) notify(version);
    }
  }
}
