import { makeSeal } from '#adapters/events/envelope.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { ManualClock } from '#kernel/clock.ts';
import type { EventEnvelope, EventPayloads, EventType, NewEvent } from '#kernel/events.ts';
import { payloadAbout, type Sketch } from './sample.ts';
import { START } from './start.ts';

const seal = makeSeal(systemIds, new ManualClock(START));

/** An event about an order, a product or a user. `payload` contains only the fields that matter to the test. */
export const newEventAbout = <T extends EventType>(
  id: string,
  type: T,
  payload?: Sketch<EventPayloads[T]>,
  version = 1,
): NewEvent<T> => ({
  type,
  aggregateId: id,
  aggregateVersion: version,
  payload: payloadAbout(id, type, payload),
});

/** The same as an envelope. */
export const eventAbout = <T extends EventType>(
  ...event: Parameters<typeof newEventAbout<T>>
): EventEnvelope<T> => seal(newEventAbout(...event)) as EventEnvelope<T>;

/** An event like any other: a product is gone at `version`. */
export const gone = (productId: string, version = 1): NewEvent<'product.deleted'> =>
  newEventAbout(productId, 'product.deleted', { version }, version);

export const goneEnvelope = (version = 1, productId = systemIds.next()): EventEnvelope<'product.deleted'> =>
  eventAbout(productId, 'product.deleted', { version }, version);

export const versionsOf = (events: readonly EventEnvelope[]): readonly number[] =>
  events.map(({ aggregate_version }) => aggregate_version);
