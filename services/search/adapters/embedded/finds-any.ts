import type { Alternative, Plan } from '../../core/query/plan.ts';
import type { Segment } from './segment.ts';
import type { Posting, Vocabulary } from './vocabulary.ts';

/** Whether a product matches all slots of a plan, in any field, without guesses. It stops at the first. */
export const findsAny = ({ table, words, skuParts }: Segment, { slots, skuPart }: Plan): boolean => {
  const isLive = (ordinal: number): boolean => table.isLive.at(ordinal) === 1;
  if (skuPart !== undefined && skuParts.find(skuPart).some(isLive)) return true;
  const wanted = slots.map(({ alternatives }) => alternatives.flatMap((one) => postingsOf(words, one)));
  const [rarest = [], ...others] = wanted.toSorted((a, b) => entriesIn(a) - entriesIn(b));
  const isIn = (ordinal: number, postings: readonly Posting[]): boolean =>
    postings.every((posting) => words.has(posting, ordinal));
  return rarest.some(([first, ...more]) => {
    for (let at = first.start; at < first.end; at += 1) {
      const ordinal = words.ordinalAt(at);
      if (
        isLive(ordinal) &&
        isIn(ordinal, more) &&
        others.every((slot) => slot.some((postings) => isIn(ordinal, postings)))
      )
        return true;
    }
    return false;
  });
};

/** The postings of the terms of an alternative: a product must be in all. */
type Postings = readonly [Posting, ...Posting[]];

/** Nothing if one of the terms does not occur. */
const postingsOf = (words: Vocabulary, { terms }: Alternative): readonly Postings[] => {
  const [first, ...more] = terms.flatMap((term) => words.find(term) ?? []);
  return first && more.length === terms.length - 1 ? [[first, ...more]] : [];
};

const entriesIn = (slot: readonly Postings[]): number =>
  slot.reduce((sum, [{ start, end }]) => sum + end - start, 0);
