import anyAscii from 'any-ascii';

/** Signs that are written for letters. */
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
};

const plain = (text: string): string => anyAscii(text.normalize('NFKC')).toLowerCase();

/** The words of a text, in plain letters and digits. */
export const wordsOf = (text: string): readonly string[] => plain(text).match(/[a-z0-9]+/g) ?? [];

/** Letters that stand apart: `s p a m`, `s.p.a.m`. */
const APART = /(?<![a-z0-9@$!|])(?:[a-z0-9@$!|][\s._*-]){2,}[a-z0-9@$!|](?![a-z0-9@$!|])/g;

/** Letters that stand apart, in one piece; the first and the last may be words themselves. */
const together = (letters: string): string => {
  const word = letters.replace(/[\s._*-]/g, '');
  return ` ${word} ${word.slice(1)} ${word.slice(0, -1)} `;
};

/** Words as they are read: with letters for digits and signs, joined where they stand apart, without repetitions of a letter. */
export const disguisedWordsOf = (text: string): ReadonlySet<string> => {
  const words =
    plain(text)
      .replace(APART, together)
      .match(/[a-z0-9@$!|]+/g) ?? [];
  return new Set(
    words
      .filter((word) => /[a-z]/.test(word))
      .flatMap((word) => [word, word.replace(/[!|]+$/, '')])
      .map((word) => word.replace(/[0-9@$!|]/g, (sign) => LEET[sign] ?? sign).replace(/(.)\1{2,}/g, '$1')),
  );
};
