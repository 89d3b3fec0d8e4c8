import { distanceWithin, lettersOf, mayResemble } from '../../core/analysis/typing-errors.ts';
import { hasDigit } from '../../core/analysis/words.ts';
import { Column } from './column.ts';

/** Where a word occurs: a part of the vocabulary's `entries`. */
export interface Posting {
  readonly start: number;
  readonly end: number;
}

/** A word that resembles one of a query. */
export interface Resemblance extends Posting {
  /** Edits; 0 for the word itself. */
  readonly distance: number;
}

/** An entry is a product's ordinal and, in the lowest bits, the fields that have the word. */
export const FIELD_BITS = 5;
/** Words that one word of a query may stand for: the nearest, and of these the most frequent. */
const MOST_RESEMBLANCES = 64;
/** Unsorted words that are tolerated: sorting takes a moment. */
const MOST_UNSORTED = 2_000;
const FIRST_ROOM = 2;

/** Maps words to the products that have them. All postings share one block of memory; one that outgrows its room moves. */
export class Vocabulary {
  readonly entries = new Column(Uint32Array);
  readonly #ids = new Map<string, number>();
  readonly #start = new Column(Uint32Array);
  readonly #length = new Column(Uint32Array);
  readonly #room = new Column(Uint32Array);
  /** Words without digits by length, each with its letters as bits: most are rejected without comparing. */
  readonly #byLength: { readonly words: string[]; readonly letters: Column<Uint32Array> }[] = [];
  #sorted: string[] = [];
  #unsorted: string[] = [];

  add(word: string, ordinal: number, fields: number): void {
    const id = this.#ids.get(word) ?? this.#addWord(word);
    const length = this.#length.at(id);
    if (length === this.#room.at(id)) this.#move(id);
    this.entries.set(this.#start.at(id) + length, ordinal * 2 ** FIELD_BITS + fields);
    this.#length.set(id, length + 1);
  }

  find(word: string): Posting | undefined {
    const id = this.#ids.get(word);
    return id === undefined ? undefined : this.#postingOf(id);
  }

  /** The number of products with a word, including those that have changed since. */
  count(word: string): number {
    return this.#length.at(this.#ids.get(word) ?? this.#length.length);
  }

  /** The product of an entry. */
  ordinalAt(at: number): number {
    return this.entries.at(at) >>> FIELD_BITS;
  }

  /** Whether a posting has a product: its entries are in the order of the products. */
  has({ start, end }: Posting, ordinal: number): boolean {
    let [low, high] = [start, end];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ordinalAt(middle) < ordinal) low = middle + 1;
      else high = middle;
    }
    return low < end && this.ordinalAt(low) === ordinal;
  }

  beginningWith(prefix: string): Resemblance[] {
    if (this.#unsorted.length > MOST_UNSORTED) {
      this.#sorted = [...this.#sorted, ...this.#unsorted].sort();
      this.#unsorted = [];
    }
    const found = this.#unsorted.filter((word) => word.startsWith(prefix));
    for (
      let at = firstNotBefore(this.#sorted, prefix);
      this.#sorted[at]?.startsWith(prefix) === true;
      at += 1
    )
      found.push(this.#sorted[at] ?? '');
    return this.#nearest(found.map((word) => [word, word === prefix ? 0 : 1]));
  }

  resembling(word: string, edits: number): Resemblance[] {
    const found: [string, number][] = [];
    const letters = lettersOf(word);
    for (let length = Math.max(1, word.length - edits); length <= word.length + edits; length += 1) {
      const group = this.#byLength[length];
      for (let at = 0; at < (group?.words.length ?? 0); at += 1) {
        if (!mayResemble(letters, group?.letters.at(at) ?? 0, edits)) continue;
        const other = group?.words[at] ?? '';
        const distance = distanceWithin(word, other, edits);
        if (distance !== undefined) found.push([other, distance]);
      }
    }
    return this.#nearest(found);
  }

  #nearest(words: readonly (readonly [string, number])[]): Resemblance[] {
    return words
      .flatMap(([word, distance]) => {
        const posting = this.find(word);
        return posting ? [{ ...posting, distance }] : [];
      })
      .sort((a, b) => a.distance - b.distance || b.end - b.start - (a.end - a.start))
      .slice(0, MOST_RESEMBLANCES);
  }

  #postingOf(id: number): Posting {
    const start = this.#start.at(id);
    return { start, end: start + this.#length.at(id) };
  }

  #addWord(word: string): number {
    const id = this.#ids.size;
    this.#ids.set(word, id);
    this.#length.push(0);
    this.#room.push(FIRST_ROOM);
    this.#start.push(this.entries.extend(FIRST_ROOM));
    this.#unsorted.push(word);
    if (!hasDigit(word)) {
      const group = (this.#byLength[word.length] ??= { words: [], letters: new Column(Uint32Array) });
      group.words.push(word);
      group.letters.push(lettersOf(word));
    }
    return id;
  }

  /** Gives a posting twice the room. */
  #move(id: number): void {
    const { start, end } = this.#postingOf(id);
    const room = 2 * this.#room.at(id);
    const moved = this.entries.extend(room);
    for (let at = start; at < end; at += 1) this.entries.set(moved + at - start, this.entries.at(at));
    this.#start.set(id, moved);
    this.#room.set(id, room);
  }
}

const firstNotBefore = (sorted: readonly string[], text: string): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
};
