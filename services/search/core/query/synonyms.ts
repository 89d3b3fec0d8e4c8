import { stemsOf } from '../analysis/terms.ts';
import { distanceWithin, editsIn, lettersOf, mayResemble } from '../analysis/typing-errors.ts';

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

/** A member of a group, and all members of its groups. */
interface Member {
  readonly words: readonly string[];
  /** Of the first word. */
  readonly letters: number;
  readonly others: Map<string, readonly string[]>;
}

/** Prepares groups. If a word is in several groups, the members of all of them are alternatives. */
export const makeSynonyms = (groups: readonly SynonymGroup[]): Synonyms => {
  const members = new Map<string, Member>();
  let longest = 0;
  for (const group of groups) {
    const all = group.map(stemsOf).filter((words) => words.length > 0);
    for (const words of all) {
      longest = Math.max(longest, words.length);
      const key = words.join(' ');
      const known = members.get(key) ?? { words, letters: lettersOf(words[0] ?? ''), others: new Map() };
      for (const other of all) known.others.set(other.join(' '), other);
      members.set(key, known);
    }
  }
  const matchOf = ({ words, others }: Member): SynonymMatch => ({
    length: words.length,
    members: [...others.values()],
  });
  return {
    find: (words, from) => {
      for (let length = Math.min(longest, words.length - from); length > 0; length -= 1) {
        const member = members.get(words.slice(from, from + length).join(' '));
        if (member) return matchOf(member);
      }
      return undefined;
    },
    guess: (words, from) => {
      const said = words[from] ?? '';
      const letters = lettersOf(said);
      const edits = editsIn(said);
      let nearest: Member | undefined;
      let least = Infinity;
      for (const member of members.values()) {
        if (!mayResemble(letters, member.letters, edits)) continue;
        const errors = errorsBetween(words, from, member.words);
        if (errors === undefined || errors === 0 || errors >= least) continue;
        nearest = member;
        least = errors;
      }
      return nearest && matchOf(nearest);
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
