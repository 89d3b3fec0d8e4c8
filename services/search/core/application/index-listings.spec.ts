import { describe, expect, it } from 'vitest';
import { aListing } from '../../test/search.mother.ts';
import type { IndexChange } from '../domain/document.ts';
import type { Listing } from '../domain/listing.ts';
import type { ListingQueries } from '../ports/listing-queries.ts';
import type { ProductIndex } from '../ports/product-index.ts';
import { allListings, makeIndexPending, type IndexingWatch } from './index-listings.ts';

/** As many as are indexed together. */
const BATCH = 100;

const listingsOf = (stored: readonly Listing[]) => {
  const indexed = new Set<string>();
  const sorted = stored.toSorted((a, b) => (a.productId < b.productId ? -1 : 1));
  const queries: ListingQueries = {
    find: () => Promise.resolve([]),
    pending: (limit) =>
      Promise.resolve(stored.filter(({ productId }) => !indexed.has(productId)).slice(0, limit)),
    count: () => Promise.resolve(stored.length),
    countPending: () => Promise.resolve(stored.length - indexed.size),
    markIndexed: (some) => {
      for (const { productId } of some) indexed.add(productId);
      return Promise.resolve(some.map(() => 0.5));
    },
    all: (limit, after = '') =>
      Promise.resolve(sorted.filter(({ productId }) => productId > after).slice(0, limit)),
  };
  return { queries, indexed };
};

const watchThat = () => {
  const seen = { refused: [] as string[], indexed: 0, lags: 0 };
  const watch: IndexingWatch = {
    onRefused: (productId) => seen.refused.push(productId),
    onIndexed: (listings, lags) => {
      seen.indexed += listings;
      seen.lags += lags.length;
    },
  };
  return { watch, seen };
};

const indexThat = (apply: ProductIndex['apply']): ProductIndex => ({
  apply,
  isCurrent: () => Promise.resolve(true),
  frequencies: () => Promise.reject(new Error('not asked')),
  findsAny: () => Promise.reject(new Error('not asked')),
  search: () => Promise.reject(new Error('not asked')),
  rebuild: () => Promise.reject(new Error('not asked')),
});

describe('pending listings', () => {
  it('are indexed in batches until none is left', async () => {
    const { queries, indexed } = listingsOf(Array.from({ length: BATCH + 1 }, () => aListing()));
    const sizes: number[] = [];
    const index = indexThat((changes) => {
      sizes.push(changes.length);
      return Promise.resolve([]);
    });
    const { watch, seen } = watchThat();
    const indexPending = makeIndexPending(queries, index, watch);
    expect([await indexPending(), await indexPending(), await indexPending()]).toEqual([true, false, false]);
    expect([sizes, indexed.size]).toEqual([[BATCH, 1], BATCH + 1]);
    expect(seen).toEqual({ refused: [], indexed: BATCH + 1, lags: BATCH + 1 });
  });

  it('stay pending while the index is unavailable', async () => {
    const { queries, indexed } = listingsOf([aListing()]);
    const indexPending = makeIndexPending(
      queries,
      indexThat(() => Promise.reject(new Error('unavailable'))),
      watchThat().watch,
    );
    await expect(indexPending()).rejects.toThrow('unavailable');
    expect(indexed.size).toBe(0);
  });

  it('that the index refuses are reported, and hold up no other', async () => {
    const [good, bad] = [aListing(), aListing()];
    const { queries, indexed } = listingsOf([good, bad]);
    const { watch, seen } = watchThat();
    const indexPending = makeIndexPending(
      queries,
      indexThat(() => Promise.resolve([bad.productId])),
      watch,
    );
    await indexPending();
    expect(seen).toEqual({ refused: [bad.productId], indexed: 1, lags: 2 });
    expect(indexed.size).toBe(2);
  });
});

describe('all listings', () => {
  it.each([0, 1, BATCH, BATCH + 1])('are read in parts, each once: %i', async (count) => {
    const stored = Array.from({ length: count }, () => aListing());
    const read: IndexChange[] = [];
    for await (const part of allListings(listingsOf(stored).queries)) read.push(...part);
    expect(read.map(({ productId }) => productId)).toEqual(
      stored.map(({ productId }) => productId).toSorted(),
    );
  });
});
