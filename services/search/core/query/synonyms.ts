import { stemsOf } from '../analysis/terms.ts';
import { distanceWithin, editsIn } from '../analysis/typing-errors.ts';

/** Words that mean the same, each of one or several words. */
export type SynonymGroup = readonly string[];

/** A group found in a query. */
export interface SynonymMatch {
  /** Words of the query that it covers. */
  readonly length: number;
  /** The terms of each member. */
  readonly members: readonly (readonly string[])[];
}

/** The groups of a shop. Words are in the singular. */
export interface Synonyms {
  /** Finds the longest member that begins at a word of the query. */
  find(words: readonly string[], from: number): SynonymMatch | undefined;
  /** Finds the member that resembles the words from there most: at least one of them has a typing error. */
  guess(words: readonly string[], from: number): SynonymMatch | undefined;
}

export const NO_SYNONYMS: Synonyms = { find: () => undefined, guess: () => undefined };

/** Prepares groups. If a word is in several groups, the members of all of them are alternatives. */
export const makeSynonyms = (groups: readonly SynonymGroup[]): Synonyms => {
  const byMember = new Map<string, { words: readonly string[]; others: Map<string, readonly string[]> }>();
  let longest = 0;
  for (const group of groups) {
    const members = group.map(stemsOf).filter((words) => words.length > 0);
    for (const words of members) {
      longest = Math.max(longest, words.length);
      const key = words.join(' ');
      const known = byMember.get(key) ?? { words, others: new Map<string, readonly string[]>() };
      for (const member of members) known.others.set(member.join(' '), member);
      byMember.set(key, known);
    }
  }
  return {
    find: (words, from) => {
      for (let length = Math.min(longest, words.length - from); length > 0; length -= 1) {
        const found = byMember.get(words.slice(from, from + length).join(' '));
        if (found) return { length, members: [...found.others.values()] };
      }
      return undefined;
    },
    guess: (words, from) => {
      let best: SynonymMatch | undefined;
      let least = Infinity;
      for (const { words: member, others } of byMember.values()) {
        const errors = errorsBetween(words, from, member);
        if (errors === undefined || errors === 0 || errors >= least) continue;
        best = { length: member.length, members: [...others.values()] };
        least = errors;
      }
      return best;
    },
  };
};

/** Typing errors in the words from there, if they are meant to be a member; undefined if they have too many. */
const errorsBetween = (
  words: readonly string[],
  from: number,
  member: readonly string[],
): number | undefined => {
  let errors = 0;
  for (const [index, meant] of member.entries()) {
    const said = words[from + index];
    const mine = said === undefined ? undefined : distanceWithin(said, meant, editsIn(said));
    if (mine === undefined) return undefined;
    errors += mine;
  }
  return errors;
};
