import { z } from 'zod';
import type { EventEnvelope } from '#kernel/events.ts';
import type { Outgoing } from './kafka-client.ts';

/** Brokers take 1 MiB at a time for a partition; a batch that is refused for its size would be refused for ever. */
const MOST_BYTES = 500_000;

const Envelope = z.looseObject({
  event_id: z.string(),
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

/** The envelope is the value; its cause also goes into headers, for tools that don't look inside. */
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

/** The envelope that a message holds; undefined when it holds none. Whether it keeps its contract, the consumer checks. */
export const toEnvelope = (value: string): EventEnvelope | undefined => {
  try {
    return Envelope.parse(JSON.parse(value)) as unknown as EventEnvelope;
  } catch {
    return undefined;
  }
};

/** In order, in portions that a broker takes. */
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
