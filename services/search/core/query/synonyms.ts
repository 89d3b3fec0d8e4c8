import { stem } from '../analysis/stem.ts';
import { chunksOf } from '../analysis/words.ts';

/** Words that mean the same, each of one or several words. */
export type SynonymGroup = readonly string[];

/** A group found in a query. */
export interface SynonymMatch {
  /** Words of the query that it covers. */
  readonly length: number;
  /** The terms of each member. */
  readonly members: readonly (readonly string[])[];
}

/** Finds the longest group member that begins at a word of the query. */
export type Synonyms = (words: readonly string[], from: number) => SynonymMatch | undefined;

export const NO_SYNONYMS: Synonyms = () => undefined;

/** The words of a text in the singular. */
export const stemmedWords = (text: string): string[] =>
  chunksOf(text).flatMap(({ words }) => words.map((word) => stem(word.text)));

/** Prepares groups. If a word is in several groups, the members of all of them are alternatives. */
export const makeSynonyms = (groups: readonly SynonymGroup[]): Synonyms => {
  const byMember = new Map<string, Map<string, readonly string[]>>();
  let longest = 0;
  for (const group of groups) {
    const members = group.map(stemmedWords).filter((words) => words.length > 0);
    for (const words of members) {
      longest = Math.max(longest, words.length);
      const key = words.join(' ');
      const known = byMember.get(key) ?? new Map<string, readonly string[]>();
      for (const member of members) known.set(member.join(' '), member);
      byMember.set(key, known);
    }
  }
  return (words, from) => {
    for (let length = Math.min(longest, words.length - from); length > 0; length -= 1) {
      const members = byMember.get(words.slice(from, from + length).join(' '));
      if (members) return { length, members: [...members.values()] };
    }
    return undefined;
  };
};
