import type { EventEnvelope, EventType } from './events.ts';

/** `first`: to the knowledge of the bus, it delivers these events to this consumer for the first time. */
export type Delivery = 'first' | 'again';

/** A consumer's subscription: its topics, in batches, in order per key. */
export interface Subscription {
  /** The consumer group: every event reaches each group once or more. */
  readonly consumer: string;
  readonly topics: readonly EventType[];
  /** Milliseconds that a batch may wait for more events; 0 by default. For consumers that no request waits for. */
  readonly gatherMs?: number | undefined;
  /** Resolves when the batch is handled or parked; a rejection means "redeliver later". */
  handle(batch: readonly EventEnvelope[], delivery?: Delivery): Promise<void>;
}

/** The event bus between services: at least once, in order per key, to every group. */
export interface EventBus {
  /** Resolves when the events are durable on the bus; in order per key. */
  publish(envelopes: readonly EventEnvelope[]): Promise<void>;
  /** Before `start`. */
  subscribe(subscription: Subscription): void;
  start(): Promise<void>;
  /** Stops delivering, and waits for the current batches. */
  stop(): Promise<void>;
  /** Events that `consumer` has not finished. */
  lag(consumer: string): number;
  /** Resolves when `consumer` has no event waiting. */
  caughtUp(consumer: string): Promise<void>;
}
