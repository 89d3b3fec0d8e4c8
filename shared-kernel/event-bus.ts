import type { EventEnvelope, EventType } from './events.ts';

/** `first`: as far as the bus knows, it has not delivered these events to this consumer before. */
export type Delivery = 'first' | 'again';

/** One consumer's wish: these topics, in batches, in order per key. */
export interface Subscription {
  /** The consumer group: every event reaches each group once or more. */
  readonly consumer: string;
  readonly topics: readonly EventType[];
  /** Milliseconds that a batch may wait for more events; 0 when absent. For consumers that nobody waits for. */
  readonly gatherMs?: number | undefined;
  /** Resolves when the batch is done with (handled or parked); a rejection means "not now, redeliver". */
  handle(batch: readonly EventEnvelope[], delivery?: Delivery): Promise<void>;
}

/** The way between services. At least once, in order per key, to every group. */
export interface EventBus {
  /** Resolves when the events are durable on the bus; in order per key. */
  publish(envelopes: readonly EventEnvelope[]): Promise<void>;
  /** Before `start`. */
  subscribe(subscription: Subscription): void;
  start(): Promise<void>;
  /** Stops delivering, and waits for the batches in hand. */
  stop(): Promise<void>;
  /** Events that `consumer` has yet to finish. */
  lag(consumer: string): number;
  /** Resolves when `consumer` has no event waiting. */
  caughtUp(consumer: string): Promise<void>;
}
