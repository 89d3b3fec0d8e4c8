import type { Clock } from '#kernel/clock.ts';
import type { ProductQueries } from '../ports/product-queries.ts';

/** Longer counts take one part of so many of the time. */
const SHARE = 20;
/** Milliseconds in which as many products as most shops have are counted. */
const SHORT_MS = 50;

/**
 * Counts the visible products of each category by reading them, which takes longer the more there are. Counts are therefore kept for a
 * multiple of the time that they took: not at all in a small shop, and some seconds with a million products. Calls at the same time
 * share one count.
 */
export const makeCountByCategory = (
  queries: Pick<ProductQueries, 'countByCategory'>,
  clock: Clock,
): ProductQueries['countByCategory'] => {
  const now = (): number => clock.now().getTime();
  let kept: { readonly counts: Promise<ReadonlyMap<string, number>>; until: number } | undefined;
  return () => {
    const startedAt = now();
    if (kept && startedAt < kept.until) return kept.counts;
    const counting = { counts: queries.countByCategory(), until: Infinity };
    kept = counting;
    const keepFor = (tookMs: number): void => {
      counting.until = tookMs < SHORT_MS ? 0 : now() + SHARE * tookMs;
    };
    counting.counts.then(
      () => keepFor(now() - startedAt),
      () => keepFor(0),
    );
    return counting.counts;
  };
};
