import { createHash } from 'node:crypto';
import type { EventEnvelope, EventType } from '#kernel/events.ts';

/** A message on the bus that holds no event of its topic. */
export interface Unreadable {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly value: Uint8Array;
  /** What is wrong with it, for operators. */
  readonly why: string;
}

/** Replaces the version: no contract has it, so consumers park such an event like any other that they cannot handle. */
export const UNREADABLE = 'unreadable';
/** Bytes kept of an unreadable message: a thousand such dead letters take some megabytes. */
export const KEPT_BYTES = 8 * 1024;

const UUID_PARTS = /^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/;

/** The same for every delivery of a message (a UUID of version 8). */
const idOf = ({ topic, partition, offset, value }: Unreadable): string =>
  createHash('sha256')
    .update(`${topic} ${partition} ${offset} `)
    .update(value)
    .digest('hex')
    .replace(UUID_PARTS, '$1-$2-8$3-8$4-$5');

/** Wraps an unreadable message in an envelope, so that it is parked with its position and raw bytes instead of being lost. */
export const wrapUnreadable = (type: EventType, found: Unreadable): EventEnvelope => {
  const { topic, partition, offset, value, why } = found;
  const event_id = idOf(found);
  const place = `${topic}/${partition}/${offset}`;
  const payload = {
    why,
    topic,
    partition,
    offset: String(offset),
    bytes: value.length,
    base64: Buffer.from(value.subarray(0, KEPT_BYTES)).toString('base64'),
  };
  return {
    event_id,
    event_type: type,
    event_version: UNREADABLE,
    timestamp: new Date(0).toISOString(),
    correlation_id: event_id,
    causation_id: event_id,
    aggregate_id: place,
    aggregate_version: 0,
    key: place,
    payload: payload as never, // of no event type
  };
};

/** Why a wrapped message is not an event; undefined for events. */
export const whyUnreadable = ({
  event_version,
  aggregate_id,
  payload,
}: EventEnvelope): string | undefined => {
  if (event_version !== UNREADABLE) return undefined;
  const why = 'why' in payload ? String(payload.why) : 'unreadable';
  return `${why} (${aggregate_id})`;
};
