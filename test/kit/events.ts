import { makeSeal } from '#adapters/events/envelope.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { ManualClock } from '#kernel/clock.ts';
import type { EventEnvelope, NewEvent } from '#kernel/events.ts';
import { START } from './toolbox.ts';

const seal = makeSeal(systemIds, new ManualClock(START));

/** An event like any other: a product is gone at `version`. */
export const gone = (productId: string, version = 1): NewEvent<'product.deleted'> => ({
  type: 'product.deleted',
  aggregateId: productId,
  aggregateVersion: version,
  payload: { product_id: productId, version, deleted_at: START.toISOString() },
});

/** The same as it stands on the wire. */
export const goneEnvelope = (version = 1, productId = systemIds.next()): EventEnvelope<'product.deleted'> =>
  seal(gone(productId, version)) as EventEnvelope<'product.deleted'>;

export const versionsOf = (events: readonly EventEnvelope[]): readonly number[] =>
  events.map(({ aggregate_version }) => aggregate_version);
