import type { IndexChange } from '../../core/domain/document.ts';
import type { IndexPage, IndexRequest } from '../../core/ports/product-index.ts';
import type { Plan } from '../../core/query/plan.ts';
import type { Frequencies } from '../../core/query/understand.ts';
import { findsAny } from './finds-any.ts';
import { searchSegment } from './search.ts';
import { Segment } from './segment.ts';

/** What a segment does, with arguments and results that can cross to another thread. */
export interface Operations {
  apply(changes: readonly IndexChange[]): Fill;
  frequencies(terms: readonly string[]): Frequencies;
  findsAny(plans: readonly Plan[]): readonly boolean[];
  search(request: IndexRequest): IndexPage;
}

export interface Fill {
  /** Products that are found. */
  readonly size: number;
  /** Rows of products that were changed or removed since. */
  readonly waste: number;
}

/** The operations of a new segment. */
export const openSegment = (): Operations => {
  const segment = new Segment();
  return {
    apply: (changes) => {
      for (const change of changes) segment.apply(change);
      return { size: segment.size, waste: segment.waste };
    },
    frequencies: (terms) => ({
      of: new Map(terms.map((term) => [term, segment.words.count(term)])),
      documents: segment.table.length,
    }),
    findsAny: (plans) => plans.map((plan) => findsAny(segment, plan)),
    search: (request) => searchSegment(segment, request),
  };
};
