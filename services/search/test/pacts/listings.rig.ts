import type { EventEnvelope } from '#kernel/events.ts';
import { eventAbout } from '#test/kit/events.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { memoryListingQueries } from '../../adapters/memory/memory-listings.ts';
import type { Listing } from '../../core/domain/listing.ts';
import { search } from '../../main/module.ts';

export const PRODUCT = '0190a000-0000-7000-8000-000000000001';

export const productEvent = (sku: string): EventEnvelope =>
  eventAbout(PRODUCT, 'product.created', {
    product_id: PRODUCT,
    version: 1,
    variants: [{ sku, currency: 'EUR' }],
  });

/** The product's listing after the events. */
export const listingAfter = async (...events: readonly EventEnvelope[]): Promise<Listing | undefined> => {
  const { database, hear, sweep } = await openSubscriber(search);
  for (const event of events) await hear(event);
  await sweep();
  return (await memoryListingQueries(database).find([PRODUCT]))[0];
};
