import type { VersionedOrder } from './order-tx.ts';

/** Progress for a watcher: the changed order; the version to which another process changed it; or no news. */
export type Progress = VersionedOrder | number | 'no news';

/** Each change, and `no news` periodically, until it is closed. */
export interface OrderWatch extends AsyncIterable<Progress> {
  close(): void;
}

/** Notifies watchers of changes to an order. */
export interface OrderProgress {
  /** Watches from the call on, so that an order read afterwards misses no change; until `signal` is aborted, at the latest. */
  watch(orderId: string, signal: AbortSignal): OrderWatch;
}
