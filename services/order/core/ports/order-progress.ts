import type { VersionedOrder } from './order-tx.ts';

/** Tells when something happened to an order. */
export interface OrderProgress {
  /**
   * Yields the order whenever it has changed here; undefined where it may have changed unseen: at once, and now and
   * then. Until `signal` is aborted.
   */
  watch(orderId: string, signal: AbortSignal): AsyncIterable<VersionedOrder | undefined>;
}
