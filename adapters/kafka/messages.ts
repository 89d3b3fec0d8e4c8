import { z } from 'zod';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { isUuid } from '#kernel/ids.ts';
import { wrapUnreadable } from '../events/unreadable.ts';
import type { Incoming, Outgoing } from './kafka-client.ts';

/** Brokers accept 1 MiB at a time per partition; a batch refused for its size would be refused for ever. */
const MOST_BYTES = 500_000;

const Envelope = z.looseObject({
  event_id: z.string().refine(isUuid),
  event_type: z.string(),
  event_version: z.string(),
  timestamp: z.string(),
  correlation_id: z.string(),
  causation_id: z.string(),
  aggregate_id: z.string(),
  aggregate_version: z.number(),
  key: z.string(),
  payload: z.looseObject({}),
});

/** The envelope is the value; its cause also goes into headers, for tools that do not parse it. */
export const toMessage = (prefix: string, envelope: EventEnvelope): Outgoing => ({
  topic: prefix + envelope.event_type,
  key: envelope.key,
  value: JSON.stringify(envelope),
  headers: {
    correlation_id: envelope.correlation_id,
    causation_id: envelope.causation_id,
    ...(envelope.traceparent === undefined ? {} : { traceparent: envelope.traceparent }),
  },
});

/** The envelope in a message, or why there is none. */
const parse = (text: string): EventEnvelope | string => {
  try {
    const { success, data } = Envelope.safeParse(JSON.parse(text));
    return success ? (data as unknown as EventEnvelope) : 'not an event’s envelope';
  } catch {
    return 'not JSON';
  }
};

/**
 * The envelope in a message. A message without one, or with an event of another topic, is wrapped, so that the consumer parks
 * it. The consumer validates events against their contracts.
 */
export const toEnvelope = (prefix: string, message: Incoming): EventEnvelope => {
  const type = message.topic.slice(prefix.length);
  const read = parse(new TextDecoder().decode(message.value));
  if (typeof read !== 'string' && read.event_type === type) return read;
  const why = typeof read === 'string' ? read : `an event of the topic ${read.event_type}`;
  return wrapUnreadable(type as EventType, { ...message, why }); // only topics of events are subscribed to
};

/** In order, in batches that a broker accepts. */
export const inPortions = (messages: readonly Outgoing[]): readonly (readonly Outgoing[])[] => {
  const portions: Outgoing[][] = [];
  let size = Infinity;
  for (const message of messages) {
    const bytes = Buffer.byteLength(message.value);
    if (size + bytes > MOST_BYTES) {
      portions.push([]);
      size = 0;
    }
    portions.at(-1)?.push(message);
    size += bytes;
  }
  return portions;
};
