import type { EventPayloads } from '#contracts/generated/events.ts';

export type { EventPayloads };

/** A topic: the event's type names it. */
export type EventType = keyof EventPayloads;

/** The cause of an event or task, carried through outbox, bus and tasks. */
export interface Cause {
  readonly correlationId: string;
  /** The event or request that led to it. */
  readonly causationId: string;
  /** W3C trace context, when tracing is on. */
  readonly traceparent?: string;
}

/** An event as published by a use case. The outbox completes it to an envelope. */
export interface NewEvent<T extends EventType = EventType> {
  readonly type: T;
  readonly aggregateId: string;
  /** For state events, the highest version wins. For facts, the aggregate's version after the fact. */
  readonly aggregateVersion: number;
  /** Events with the same key keep their order: the order ID for events about an order, otherwise the aggregate ID. */
  readonly key?: string;
  /** Only needed if one unit handles several events; by default the current request or event is the cause. */
  readonly cause?: Cause;
  readonly payload: EventPayloads[T];
}

/** Converts a publication of a domain to its wire format. */
export type ToWire<Publication> = (publication: Publication) => NewEvent;

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
  /** Ordering key, which every bus needs. */
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

/** The cause of everything that follows from `envelope`. */
export const causeOf = (envelope: EventEnvelope): Cause => ({
  correlationId: envelope.correlation_id,
  causationId: envelope.event_id,
  ...(envelope.traceparent === undefined ? {} : { traceparent: envelope.traceparent }),
});
