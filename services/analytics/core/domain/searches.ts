import type { Fact } from './fact.ts';
import { bucketOf, type Period } from './period.ts';

/** How often something was searched for. */
export interface TermCount {
  readonly term: string;
  readonly searches: number;
  readonly withoutResults: number;
}

export interface TermChoice {
  /** Those alone that found nothing. */
  readonly isWithoutResults: boolean;
  readonly limit: number;
}

/** Most frequent first, then by term. */
export const byFrequency =
  (of: 'searches' | 'withoutResults') =>
  (a: TermCount, b: TermCount): number =>
    b[of] - a[of] || (a.term < b.term ? -1 : 1);

/** The terms in these facts, of which each is there once; most frequent first. */
export const countTerms = (facts: readonly Fact[], period: Period): readonly TermCount[] =>
  addTerms([
    facts.flatMap((fact) =>
      fact.kind === 'search' && fact.term !== undefined && bucketOf(period, fact.at) !== undefined
        ? [{ term: fact.term, searches: 1, withoutResults: fact.hits === 0 ? 1 : 0 }]
        : [],
    ),
  ]);

/** Of parts of a period, those of the whole; most frequent first. */
export const addTerms = (parts: readonly (readonly TermCount[])[]): readonly TermCount[] => {
  const sums = new Map<string, TermCount>();
  for (const { term, searches, withoutResults } of parts.flat()) {
    const before = sums.get(term) ?? { term, searches: 0, withoutResults: 0 };
    sums.set(term, {
      term,
      searches: before.searches + searches,
      withoutResults: before.withoutResults + withoutResults,
    });
  }
  return [...sums.values()].sort(byFrequency('searches'));
};

/** The first of these terms; of those alone that found nothing, if that is asked for. */
export const topTerms = (
  terms: readonly TermCount[],
  { isWithoutResults, limit }: TermChoice,
): readonly TermCount[] =>
  isWithoutResults
    ? terms
        .filter(({ withoutResults }) => withoutResults > 0)
        .toSorted(byFrequency('withoutResults'))
        .slice(0, limit)
    : terms.slice(0, limit);
