import { setTimeout as pause } from 'node:timers/promises';
import { toIndexChange } from '#search/core/domain/document.ts';
import type { Listing } from '#search/core/domain/listing.ts';
import type { ProductIndex } from '#search/core/ports/product-index.ts';

const SECONDS = 30;
const CHANGES_PER_SECOND = 50;
const QUERIES_PER_SECOND = 5;
const LOOK_AGAIN_MS = 10;
/** Of so many changes one is followed: often enough, at changing times between refreshes. */
const FOLLOWED = 23;

/**
 * Changes listings and asks queries at a steady rate. Returns how long changes took from `apply` until a search saw them, in
 * milliseconds.
 * @param listings in the index, changed in turn
 * @param queries asked in turn
 */
export const measureLag = async (
  index: ProductIndex,
  listings: readonly Listing[],
  queries: readonly (() => Promise<unknown>)[],
): Promise<readonly number[]> => {
  const lags: number[] = [];
  const end = performance.now() + SECONDS * 1_000;

  const follow = async (term: string, startedAt: number): Promise<void> => {
    while (((await index.frequencies([term])).of.get(term) ?? 0) === 0) await pause(LOOK_AGAIN_MS);
    lags.push(performance.now() - startedAt);
  };
  const change = async (turn: number): Promise<void> => {
    const listing = listings[turn % listings.length];
    if (!listing?.product) return;
    const { product } = listing;
    const term = `seen${turn}x`;
    const revision = listing.revision + 1 + Math.floor(turn / listings.length);
    const startedAt = performance.now();
    await index.apply([
      toIndexChange({ ...listing, revision, product: { ...product, brand: `${product.brand} ${term}` } }),
    ]);
    if (turn % FOLLOWED === 0) await follow(term, startedAt);
  };
  /** Begins the work so many times a second, whether or not the last one is done. */
  const steadily = async (perSecond: number, work: (turn: number) => Promise<unknown>): Promise<void> => {
    const begun: Promise<unknown>[] = [];
    for (let at = performance.now(); at < end; at += 1_000 / perSecond) {
      await pause(Math.max(0, at - performance.now()));
      begun.push(work(begun.length));
    }
    await Promise.all(begun);
  };
  await Promise.all([
    steadily(CHANGES_PER_SECOND, change),
    steadily(QUERIES_PER_SECOND, async (turn) => queries[turn % queries.length]?.()),
  ]);
  return lags;
};
