/** Words by whose beginnings lists of staff are searched. */

/** Letters of a word that are compared; a SKU has no more. */
const LONGEST = 40;
/** Words of a query that must all be found. */
const MOST_WORDS = 10;

/** Without case and accents. */
export const plainText = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

const wordsIn = (text: string): string[] => plainText(text).split(/\s+/).filter(Boolean);

/** `t-shirt` is also found as `shirt`. */
const withParts = (word: string): string[] => [word, ...word.split(/[^\p{L}\p{N}]+/u)];

export const cutWord = (word: string): string =>
  word.length <= LONGEST ? word : Array.from(word).slice(0, LONGEST).join('');

/** The words of texts, each once. */
export const wordsOf = (texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap(wordsIn).flatMap(withParts).filter(Boolean).map(cutWord)),
];

/** The beginnings of words that a query asks for, all of them. */
export const wordsWanted = (query: string): string[] => wordsIn(query).slice(0, MOST_WORDS).map(cutWord);
