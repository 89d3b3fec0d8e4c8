import type { EventEnvelope } from '#kernel/events.ts';
import { openToolbox, type StoreName, type TestToolbox } from '#test/kit/toolbox.ts';
import { memoryListingQueries } from '../adapters/memory/memory-listings.ts';
import { postgresListingQueries } from '../adapters/postgres/listings.postgres.ts';
import type { ListingQueries } from '../core/ports/listing-queries.ts';
import { search } from '../main/module.ts';

export interface ListingsRig {
  readonly toolbox: TestToolbox;
  readonly listings: ListingQueries;
  /** Handles the events as one batch. */
  readonly hear: (...events: readonly EventEnvelope[]) => Promise<void>;
  /** All that the service does at intervals. */
  readonly sweep: () => Promise<void>;
}

/** The consumer of the service, and what it stores. */
export const openListings = async (store: StoreName): Promise<ListingsRig> => {
  const toolbox = await openToolbox(store, search);
  const { consumers = [], sweeps = [] } = await search.compose(toolbox);
  const [consumer] = consumers;
  if (!consumer) throw new Error('no consumer');
  return {
    toolbox,
    listings:
      toolbox.store.kind === 'memory'
        ? memoryListingQueries(toolbox.store.database)
        : postgresListingQueries(toolbox.store.database),
    hear: (...events) => consumer.handle(events),
    sweep: async () => {
      for (const { sweep } of sweeps) await sweep(toolbox.clock.now());
    },
  };
};
