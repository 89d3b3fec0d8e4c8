import type { VersionedOrder } from './order-tx.ts';

/** Progress for a watcher: the changed order; `unseen`: it changed and must be read; or no news. */
export type Progress = VersionedOrder | 'unseen' | 'no news';

/** Notifies watchers of changes to an order. */
export interface OrderProgress {
  /** Yields `unseen` at once, then each change, and `no news` periodically, until `signal` is aborted. */
  watch(orderId: string, signal: AbortSignal): AsyncIterable<Progress>;
}
