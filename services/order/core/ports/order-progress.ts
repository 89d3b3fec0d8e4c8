/** Tells when something happened to an order. */
export interface OrderProgress {
  /** Yields at once, and then whenever the order may have changed, until `signal` is aborted. */
  watch(orderId: string, signal: AbortSignal): AsyncIterable<void>;
}
