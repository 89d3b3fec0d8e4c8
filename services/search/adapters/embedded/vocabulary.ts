import { distanceWithin, lettersOf, mayResemble } from '../../core/analysis/typing-errors.ts';
import { Column } from './column.ts';

/** Products that a word occurs in: ordinals, and for each the fields as bits. */
export interface Posting {
  readonly ordinals: Column<Uint32Array>;
  readonly fields: Column<Uint8Array>;
}

/** A word of the vocabulary that resembles one of a query. */
export interface Resemblance {
  readonly posting: Posting;
  /** 0 for the word itself. */
  readonly distance: number;
}

/** Words that one word of a query may stand for: the nearest, and of these the most frequent. */
const MOST_RESEMBLANCES = 64;

/** Maps words to the products that have them. */
export class Vocabulary {
  readonly #postings = new Map<string, Posting>();
  /** Words by length, each with its letters as bits, to reject most of them without comparing. */
  readonly #byLength: { readonly words: string[]; readonly letters: Column<Uint32Array> }[] = [];

  add(word: string, ordinal: number, fields: number): void {
    let posting = this.#postings.get(word);
    if (!posting) {
      posting = { ordinals: new Column(Uint32Array), fields: new Column(Uint8Array) };
      this.#postings.set(word, posting);
      const group = (this.#byLength[word.length] ??= { words: [], letters: new Column(Uint32Array) });
      group.words.push(word);
      group.letters.push(lettersOf(word));
    }
    posting.ordinals.push(ordinal);
    posting.fields.push(fields);
  }

  find(word: string): Posting | undefined {
    return this.#postings.get(word);
  }

  beginningWith(prefix: string): Resemblance[] {
    const found: Resemblance[] = [];
    for (const [word, posting] of this.#postings)
      if (word.startsWith(prefix)) found.push({ posting, distance: word === prefix ? 0 : 1 });
    return nearest(found);
  }

  resembling(word: string, edits: number): Resemblance[] {
    const found: Resemblance[] = [];
    const letters = lettersOf(word);
    for (let length = Math.max(1, word.length - edits); length <= word.length + edits; length += 1) {
      const group = this.#byLength[length];
      if (!group) continue;
      for (let index = 0; index < group.words.length; index += 1) {
        if (!mayResemble(letters, group.letters.at(index), edits)) continue;
        const other = group.words[index] ?? '';
        const distance = distanceWithin(word, other, edits);
        const posting = distance === undefined ? undefined : this.#postings.get(other);
        if (posting && distance !== undefined) found.push({ posting, distance });
      }
    }
    return nearest(found);
  }
}

const nearest = (found: Resemblance[]): Resemblance[] =>
  found
    .sort((a, b) => a.distance - b.distance || b.posting.ordinals.length - a.posting.ordinals.length)
    .slice(0, MOST_RESEMBLANCES);
