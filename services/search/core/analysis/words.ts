import { normalise } from './normalise.ts';

/** A run of characters without space, as in `AVC-A1H`; its words are `avc` and `a1h`. */
export interface Chunk {
  /** All letters and digits: `avca1h`. */
  readonly joined: string;
  readonly words: readonly Word[];
}

/** Letters and digits between other characters. */
export interface Word {
  readonly text: string;
  /** Split between letters and digits: `a`, `1`, `h`. One part if there is no such boundary. */
  readonly parts: readonly string[];
}

const NO_LETTER_OR_DIGIT = /[^\p{L}\p{N}]+/u;
const PARTS = /\p{N}+|\p{L}+/gu;
/** Longer words are cut: no product has them, and each costs memory. */
const LONGEST_WORD = 40;

/** Signs that stand for words of their own. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/["”″]/g, ' inch '],
  [/&/g, ' and '],
  [/(?<=\p{N})\s*[x×]\s*(?=\p{N})/gu, ' x '],
  [/(?<=\p{N}),(?=\p{N}{3}(?!\p{N}))/gu, ''],
  [/°\s*c\b/g, ' celsius '],
  [/%/g, ' percent '],
];

/** The runs of characters without space in a text, in order, normalised. */
export const runsOf = (text: string): string[] =>
  SIGNS.reduce((said, [sign, word]) => said.replace(sign, word), normalise(text)).split(/\s+/);

/** A run as a chunk; undefined if it has no letter or digit. */
export const chunkOf = (run: string): Chunk | undefined => {
  const words = run
    .split(NO_LETTER_OR_DIGIT)
    .filter((word) => word !== '')
    .map((word): Word => {
      const cut = word.slice(0, LONGEST_WORD).toWellFormed();
      return { text: cut, parts: cut.match(PARTS) ?? [cut] };
    });
  return words.length === 0 ? undefined : { joined: words.map(({ text }) => text).join(''), words };
};

/** The chunks of a text, in order. */
export const chunksOf = (text: string): Chunk[] => runsOf(text).flatMap((run) => chunkOf(run) ?? []);

export const hasDigit = (word: string): boolean => /\p{N}/u.test(word);

/** The letters and digits of a SKU in lower case: `NVR-AER14` becomes `nvraer14`. */
export const skuKey = (sku: string): string => normalise(sku).replace(/[^\p{L}\p{N}]/gu, '');

/** The words of a name, separated by spaces: two names with the same key are the same to a reader. */
export const nameKey = (name: string): string =>
  chunksOf(name)
    .flatMap(({ words }) => words.map(({ text }) => text))
    .join(' ');
