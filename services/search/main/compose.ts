import { Container, type ContainerModule } from 'inversify';
import { WakeableLoop } from '#adapters/messaging/wakeable-loop.ts';
import type { Attachment, Composition, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer, UNHURRIED_MS } from '#adapters/service/parts.ts';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { MINUTE } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { audited } from '../adapters/audited.ts';
import { embeddedIndex } from '../adapters/embedded/embedded-index.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import {
  memoryListingChanges,
  memoryListingQueries,
  memoryRuleQueries,
  memoryRuleRepository,
} from '../adapters/memory/memory-listings.ts';
import { memoryQueryCounts } from '../adapters/memory/query-counts.ts';
import { eventHandlers, SOLD } from '../adapters/messaging/consumer.ts';
import { postgresListingChanges, postgresListingQueries } from '../adapters/postgres/listings.postgres.ts';
import { postgresQueryCounts } from '../adapters/postgres/query-counts.postgres.ts';
import { postgresRuleQueries, postgresRuleRepository } from '../adapters/postgres/rules.postgres.ts';
import { makeCreateRule, makeRemoveRule, makeReplaceRule } from '../core/application/change-rules.ts';
import { allListings, makeIndexPending } from '../core/application/index-listings.ts';
import { makeRules } from '../core/application/rules.ts';
import { makeSearchProducts } from '../core/application/search-products.ts';
import { makeSuggest } from '../core/application/suggest.ts';
import type { ListingQueries, RuleQueries } from '../core/ports/listing-queries.ts';
import type { ProductIndex } from '../core/ports/product-index.ts';
import type { QueryCounts } from '../core/ports/query-counts.ts';
import type { SearchTx } from '../core/ports/search-tx.ts';
import { watchIndexing } from './metrics.ts';
import { composePopular } from './popular.ts';

/** What the profile decides: where the state is. */
const Storage = {
  UnitOfWork: token<UnitOfWork<SearchTx>>('UnitOfWork'),
  Listings: token<ListingQueries>('ListingQueries'),
  Rules: token<RuleQueries>('RuleQueries'),
  QueryCounts: token<QueryCounts>('QueryCounts'),
};

const storage = (toolbox: Toolbox): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({
      UnitOfWork: () =>
        memoryUnitOfWork(
          toolbox,
          database,
          (tx) => ({
            listings: memoryListingChanges(tx),
            rules: memoryRuleRepository(tx),
          }),
          audited,
        ),
      Listings: () => memoryListingQueries(database),
      Rules: () => memoryRuleQueries(database),
      QueryCounts: () => memoryQueryCounts(database),
    }),
    sql: (store) => ({
      UnitOfWork: () =>
        sqlUnitOfWork(
          toolbox,
          store,
          (tx) => ({
            listings: postgresListingChanges(tx),
            rules: postgresRuleRepository(tx),
          }),
          audited,
        ),
      Listings: () => postgresListingQueries(store.database),
      Rules: () => postgresRuleQueries(store.database),
      QueryCounts: () => postgresQueryCounts(store.database),
    }),
  });

interface OpenedIndex {
  readonly index: ProductIndex;
  readonly close: () => Promise<void>;
}

/** OpenSearch where `OPENSEARCH_URL` names one, whose driver is then loaded; otherwise in this process. */
const openIndex = async (
  { env, ids, logger }: Toolbox,
  listings: ListingQueries,
  onLost: (error: Error) => void,
): Promise<OpenedIndex> => {
  if (env['OPENSEARCH_URL'] === undefined) {
    const source = { count: () => listings.count(), read: () => allListings(listings) };
    const index = embeddedIndex(source, { onLost });
    return { index, close: () => index.close() };
  }
  const { openProductIndex } = await import('../adapters/opensearch/open.ts');
  return openProductIndex(env, ids, logger);
};

/** Between looks for listings to index, where other processes may have changed some. */
const POLL_MS = 2_000;
const ALONE_POLL_MS = 60_000;

export const compose = async (toolbox: Toolbox): Promise<Composition> => {
  const { clock, ids, logger, profile } = toolbox;
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const unitOfWork = container.get(Storage.UnitOfWork);
  const listings = container.get(Storage.Listings);
  const ruleQueries = container.get(Storage.Rules);

  const { index, close } = await openIndex(toolbox, listings, (error) => {
    onError(error);
    loop.wake();
  });
  const indexPending = makeIndexPending(listings, index, watchIndexing(toolbox, listings));
  const ensureCurrent = async (): Promise<void> => {
    if (!(await index.isCurrent())) await index.rebuild(allListings(listings));
  };
  const onError = (error: unknown): void => {
    logger.warn({ err: error }, 'the index is behind');
  };
  const loop = new WakeableLoop({
    turn: async () => {
      await ensureCurrent();
      return (await indexPending()) ? 0 : profile === 'distributed' ? POLL_MS : ALONE_POLL_MS;
    },
    onError,
  });
  const indexing: Attachment = {
    start: async () => {
      await ensureCurrent().catch(onError); // without its index, the service still follows events
      loop.start();
    },
    stop: async () => {
      await loop.stop();
      await close();
    },
  };
  const consumer = makeConsumer(toolbox, unitOfWork, 'search', eventHandlers, { gatherMs: UNHURRIED_MS });
  const rules = makeRules(ruleQueries, clock);
  const popular = composePopular(toolbox, container.get(Storage.QueryCounts));
  return {
    handlers: makeHandlers({
      search: makeSearchProducts(index, listings, rules, popular.count),
      suggest: makeSuggest(index, listings, rules, popular.queries),
      createRule: makeCreateRule(unitOfWork, ids, clock),
      replaceRule: makeReplaceRule(unitOfWork, clock),
      removeRule: makeRemoveRule(unitOfWork),
      ruleQueries,
      rules,
    }),
    errors,
    consumers: [
      {
        ...consumer,
        handle: async (batch, delivery) => {
          await consumer.handle(batch, delivery);
          if (batch.some(({ event_type: type }) => type !== SOLD)) loop.wake();
        },
      },
    ],
    attachments: [indexing, popular.counting],
    sweeps: [
      popular.sweep,
      {
        name: 'sales that are not counted',
        everyMs: MINUTE,
        sweep: async () => {
          await unitOfWork.run(({ listings }) => listings.countSales());
          loop.wake();
        },
      },
    ],
  };
};
