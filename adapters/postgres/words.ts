const lexeme = (word: string): string => `'${word.replace(/['\\]/g, '$&$&')}'`;

/** Words as a `tsvector`, whose index finds their beginnings. */
export const vectorOf = (words: readonly string[]): string => words.map(lexeme).join(' ');

/** Beginnings of words as a `tsquery` for vectors that have them all. */
export const queryFor = (beginnings: readonly string[]): string =>
  beginnings.map((word) => `${lexeme(word)}:*`).join(' & ');
