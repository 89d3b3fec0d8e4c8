import { toIndexChange, type IndexChange } from '../domain/document.ts';
import type { ListingQueries } from '../ports/listing-queries.ts';
import type { ProductIndex } from '../ports/product-index.ts';

/** Listings that are analysed and indexed together: in a process with other services, they wait for no more than these. */
const BATCH = 100;

export interface IndexingWatch {
  /** The index refused a listing, which waits for its next change. */
  onRefused(productId: string): void;
  /** @param lags from the last change of each listing that is up to date until now, in seconds */
  onIndexed(listings: number, lags: readonly number[]): void;
}

/**
 * Brings the index up to the listings. What is pending is a state, not a message: an index that was away catches up, and
 * it does not matter how often or by which process a listing is indexed.
 * @returns true if there may be more
 */
export const makeIndexPending =
  (listings: ListingQueries, index: ProductIndex, watch: IndexingWatch) => async (): Promise<boolean> => {
    const pending = await listings.pending(BATCH);
    if (pending.length === 0) return false;
    const refused = await index.apply(pending.map(toIndexChange));
    for (const productId of refused) watch.onRefused(productId);
    watch.onIndexed(pending.length - refused.length, await listings.markIndexed(pending));
    return pending.length === BATCH;
  };

/** All listings as changes, in parts. */
export async function* allListings(listings: ListingQueries): AsyncGenerator<readonly IndexChange[]> {
  let after: string | undefined;
  for (;;) {
    const part = await listings.all(BATCH, after);
    if (part.length > 0) yield part.map(toIndexChange);
    if (part.length < BATCH) return;
    after = part.at(-1)?.productId;
  }
}
