import { breathe } from '#adapters/system/breath.ts';
import type { IndexChange } from '../../core/domain/document.ts';
import type { ProductIndex } from '../../core/ports/product-index.ts';
import { findsAny } from './finds-any.ts';
import { searchSegment } from './search.ts';
import { Segment } from './segment.ts';

/** Changes applied before other requests get a turn. */
const CHUNK = 100;
/** Rows of changed products that are tolerated, if they are also fewer than the products. */
const TOLERATED_WASTE = 10_000;

/** All products, in parts; it can be read again and again. */
export type Source = () => AsyncIterable<readonly IndexChange[]>;

/** An index in this process, built from `source` at the start and whenever too much of it is out of date. */
export const embeddedIndex = (source: Source): ProductIndex => {
  let current = new Segment();
  let next: Segment | undefined;
  let isBuilt = false;

  const applyTo = async (segments: readonly Segment[], changes: readonly IndexChange[]): Promise<void> => {
    for (let start = 0; start < changes.length; start += CHUNK) {
      for (const change of changes.slice(start, start + CHUNK))
        for (const segment of segments) segment.apply(change);
      await breathe();
    }
  };
  const rebuild = async (listings: AsyncIterable<readonly IndexChange[]>): Promise<void> => {
    const segment = new Segment();
    next = segment;
    try {
      for await (const changes of listings) await applyTo([segment], changes);
      current = segment;
      isBuilt = true;
    } finally {
      next = undefined;
    }
  };

  return {
    isCurrent: () => Promise.resolve(isBuilt),
    apply: async (changes) => {
      await applyTo(next ? [current, next] : [current], changes);
      // Not awaited, as changes would show late; if it fails, the next change tries again.
      if (!next && current.waste > Math.max(TOLERATED_WASTE, current.size))
        rebuild(source()).catch(() => undefined);
      return [];
    },
    frequencies: (terms) =>
      Promise.resolve({
        of: new Map(terms.map((term) => [term, current.words.count(term)])),
        documents: current.table.length,
      }),
    findsAny: (plans) => Promise.resolve(plans.map((plan) => findsAny(current, plan))),
    search: (request) => Promise.resolve(searchSegment(current, request)),
    rebuild,
  };
};
