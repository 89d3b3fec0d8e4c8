import type { Clock } from '#kernel/clock.ts';
import type { EventEnvelope, NewEvent } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import { currentCause } from '../context/cause.ts';
import { checkEvent, newestVersionOf, versionOf } from './schemas.ts';

/**
 * Completes a published event to its envelope. Throws `InvalidEvent` if the payload violates its contract: here it fails its
 * unit of work, later it would stop the relay.
 */
export type Seal = (event: NewEvent) => EventEnvelope;

export const makeSeal =
  (ids: Ids, clock: Clock): Seal =>
  (event) => {
    const event_id = ids.next();
    const version = versionOf(event.type, event.payload);
    const cause = event.cause ?? currentCause();
    const envelope: EventEnvelope = {
      event_id,
      event_type: event.type,
      event_version: version ?? newestVersionOf(event.type),
      timestamp: clock.now().toISOString(),
      correlation_id: cause?.correlationId ?? event_id,
      causation_id: cause?.causationId ?? event_id,
      aggregate_id: event.aggregateId,
      aggregate_version: event.aggregateVersion,
      key: event.key ?? event.aggregateId,
      ...(cause?.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
      payload: event.payload,
    };
    if (version === undefined) checkEvent(envelope); // throws, and says why
    return envelope;
  };
