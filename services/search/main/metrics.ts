import type { Toolbox } from '#adapters/service/module.ts';
import type { IndexingWatch } from '../core/application/index-listings.ts';
import type { ListingQueries } from '../core/ports/listing-queries.ts';

/** Seconds. An index that was away may be behind for hours. */
const LAGS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600];

/** Measures how far the index is behind the listings, and logs what it refuses. */
export const watchIndexing = (
  { metrics, logger }: Pick<Toolbox, 'metrics' | 'logger'>,
  listings: Pick<ListingQueries, 'countPending'>,
): IndexingWatch => {
  metrics.gauge('listings_pending', 'Listings whose last change is not in the index', [], async (gauge) => {
    gauge.set(await listings.countPending());
  });
  const changes = metrics.counter('listings_indexed_total', 'Listings that the index took or refused', [
    'outcome',
  ]);
  const lag = metrics.histogram('index_lag_seconds', 'From the change of a listing to the index', LAGS);
  return {
    onRefused: (productId) => {
      changes.inc({ outcome: 'refused' });
      logger.error({ product_id: productId }, 'the index refused a product');
    },
    onIndexed: (taken, lags) => {
      changes.inc({ outcome: 'taken' }, taken);
      for (const seconds of lags) lag.observe(seconds);
    },
  };
};
