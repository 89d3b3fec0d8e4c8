import type { EventEnvelope } from '#kernel/events.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { openToolbox, type StoreName, type TestToolbox } from '#test/kit/toolbox.ts';
import { memoryListingChanges, memoryListingQueries } from '../adapters/memory/memory-listings.ts';
import { postgresListingChanges, postgresListingQueries } from '../adapters/postgres/listings.postgres.ts';
import type { ListingQueries } from '../core/ports/listing-queries.ts';
import type { ListingChanges } from '../core/ports/search-tx.ts';
import { search } from '../main/module.ts';

export interface ListingsRig {
  readonly toolbox: TestToolbox;
  readonly listings: ListingQueries;
  /** Changes listings in a unit of work, as no event does yet. */
  readonly change: (work: (listings: ListingChanges) => Promise<void>) => Promise<void>;
  /** Handles the events as one batch. */
  readonly hear: (...events: readonly EventEnvelope[]) => Promise<void>;
}

/** The consumer of the service, and what it stores. */
export const openListings = async (store: StoreName): Promise<ListingsRig> => {
  const toolbox = await openToolbox(store, search);
  const { consumers = [] } = await search.compose(toolbox);
  const [consumer] = consumers;
  if (!consumer) throw new Error('no consumer');
  return {
    toolbox,
    listings:
      toolbox.store.kind === 'memory'
        ? memoryListingQueries(toolbox.store.database)
        : postgresListingQueries(toolbox.store.database),
    change: async (work) => {
      const { store: opened } = toolbox;
      const units =
        opened.kind === 'memory'
          ? memoryUnitOfWork(toolbox, opened.database, (tx) => ({ listings: memoryListingChanges(tx) }))
          : sqlUnitOfWork(toolbox, opened, (tx) => ({ listings: postgresListingChanges(tx) }));
      await units.run(({ listings }) => work(listings));
    },
    hear: (...events) => consumer.handle(events),
  };
};
