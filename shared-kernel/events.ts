import type { EventPayloads } from '#contracts/generated/events.ts';

export type { EventPayloads };

/** A topic: the event's type names it. */
export type EventType = keyof EventPayloads;

/** What something happened because of. Carried through outbox, bus and tasks. */
export interface Cause {
  readonly correlationId: string;
  /** The event or request that led to it. */
  readonly causationId: string;
  /** W3C trace context, when tracing is on. */
  readonly traceparent?: string;
}

/** What a use case announces. The outbox completes it to an envelope. */
export interface NewEvent<T extends EventType = EventType> {
  readonly type: T;
  readonly aggregateId: string;
  /** State events: the highest wins. Facts: the aggregate's version after the fact. */
  readonly aggregateVersion: number;
  /** Events of one key keep their order: the order id for everything about an order, else the aggregate id. */
  readonly key?: string;
  /** Needed only where one unit handles several events; else the request or event in hand is the cause. */
  readonly cause?: Cause;
  readonly payload: EventPayloads[T];
}

/** The envelope on the wire, the same for every event. */
export interface EventEnvelope<T extends EventType = EventType> {
  readonly event_id: string;
  readonly event_type: T;
  readonly event_version: string;
  /** RFC 3339 UTC. */
  readonly timestamp: string;
  readonly correlation_id: string;
  /** The event or request that led to this one. */
  readonly causation_id: string;
  readonly aggregate_id: string;
  readonly aggregate_version: number;
  /** Ordering key; not part of the brief's envelope but needed by every bus. */
  readonly key: string;
  /** W3C trace context of the producer, when tracing is on. */
  readonly traceparent?: string;
  readonly payload: EventPayloads[T];
}

/** Narrows an envelope to one event type. */
export const isEvent = <T extends EventType>(
  type: T,
  envelope: EventEnvelope,
): envelope is EventEnvelope<T> => envelope.event_type === type;

/** What follows from `envelope` has this cause. */
export const causeOf = (envelope: EventEnvelope): Cause => ({
  correlationId: envelope.correlation_id,
  causationId: envelope.event_id,
  ...(envelope.traceparent === undefined ? {} : { traceparent: envelope.traceparent }),
});
