import { stem } from '../analysis/stem.ts';
import { editsIn } from '../analysis/typing-errors.ts';
import { hasDigit } from '../analysis/words.ts';
import type { Alternative } from './plan.ts';
import type { Synonyms } from './synonyms.ts';

const SHORTEST_PREFIX = 3;
const UNFINISHED = 0.7;
const MISSPELT = 0.5;
/** `prune` and `pruning` begin alike. */
const ENDING = /(?<=^.{4,})(?:ing|ist|e)$/;

/** Words that begin or are spelt like one of the query. Numbers are never guessed. */
export const guessesOf = (text: string): Alternative[] => {
  if (hasDigit(text)) return [];
  const beginning = stem(text).replace(ENDING, '');
  const edits = editsIn(text);
  // The singular of a misspelt word may be wrong.
  const spellings = edits > 0 ? [...new Set([stem(text), text])] : [];
  return [
    ...(beginning.length >= SHORTEST_PREFIX
      ? [{ terms: [beginning], weight: UNFINISHED, edits: 0, isPrefix: true }]
      : []),
    ...spellings.map((spelling) => ({ terms: [spelling], weight: MISSPELT, edits, isPrefix: false })),
  ];
};

/** For a word of the query: the members of groups of which it is part, if one of their words is misspelt. */
export const synonymGuesser = (
  synonyms: Synonyms,
  words: readonly string[],
): ((at: number) => Alternative[]) => {
  const found = once(() => words.map((_, from) => synonyms.guess(words, from)));
  return (at) =>
    found().flatMap((match, from) =>
      match && from <= at && at < from + match.length
        ? match.members.map((terms) => ({ terms, weight: MISSPELT, edits: 0, isPrefix: false }))
        : [],
    );
};

/** Most queries need no guess, and those that do need it at several levels. */
const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
};
