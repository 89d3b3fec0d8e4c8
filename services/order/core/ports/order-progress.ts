import type { VersionedOrder } from './order-tx.ts';

/** What a watcher is told: the order as it has become; that it changed `unseen`, so is to be read; that there is no news. */
export type Progress = VersionedOrder | 'unseen' | 'no news';

/** Tells when something happened to an order. */
export interface OrderProgress {
  /** `unseen` at once, and from then on what happens; `no news` now and then where nothing does. Until `signal` is aborted. */
  watch(orderId: string, signal: AbortSignal): AsyncIterable<Progress>;
}
