/**
 * `npm run search:reindex`: builds the index on the OpenSearch of `OPENSEARCH_URL` again, from the service's own database, which
 * `DATABASE_URL` names. Searches use the old index meanwhile, and changes go to both.
 */
import { makeLogger } from '#adapters/observability/logger.ts';
import { openStore } from '#adapters/service/store.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { openProductIndex } from '#search/adapters/opensearch/open.ts';
import { postgresListingQueries } from '#search/adapters/postgres/listings.postgres.ts';
import { allListings } from '#search/core/application/index-listings.ts';
import type { IndexChange } from '#search/core/domain/document.ts';
import { search } from '#search/main/module.ts';

const NOTHING_TO_DO =
  'OPENSEARCH_URL is not set: the index is in the process of the service, which builds it at each start.';
/** Listings between two lines of progress. */
const STEP = 5_000;

/** Passes the listings on; prints how many. */
async function* shown(
  listings: AsyncIterable<readonly IndexChange[]>,
): AsyncGenerator<readonly IndexChange[]> {
  let [read, products, told] = [0, 0, 0];
  for await (const part of listings) {
    yield part;
    read += part.length;
    products += part.filter(({ document }) => document !== undefined).length;
    if (read - told < STEP) continue;
    told = read;
    console.log(`${read} listings …`);
  }
  console.log(`${read} listings, ${products} of them products on sale`);
}

const reindex = async (): Promise<void> => {
  const logger = makeLogger({ level: 'warn', service: search.name, destination: 2 });
  const { index, close: closeIndex } = openProductIndex(process.env, systemIds, logger);
  const { store, close } = await openStore(search, process.env, logger);
  try {
    if (store.kind !== 'sql') throw new Error(`the store of ${search.name} is not PostgreSQL`);
    const started = performance.now();
    await index.rebuild(shown(allListings(postgresListingQueries(store.database))));
    console.log(`The new index is in use (${((performance.now() - started) / 1000).toFixed(1)} s).`);
  } finally {
    await closeIndex();
    await close();
  }
};

try {
  if (process.env['OPENSEARCH_URL'] === undefined) console.log(NOTHING_TO_DO);
  else await reindex();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
