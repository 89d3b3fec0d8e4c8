import { wordsOf } from './words.ts';

/** Words of a shingle. */
const SHINGLE = 4;
/** Shorter texts are alike by chance; words. */
const SHORTEST = 8;
/** Values of a sketch. */
const SIZE = 32;

/** FNV-1a, as a signed 32-bit integer. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value | 0;
};

const lowest = (values: Iterable<number>): readonly number[] =>
  [...new Set(values)].sort((a, b) => a - b).slice(0, SIZE);

/** The lowest hashes of the text's sequences of four words: similar texts have many in common. Empty for short texts. */
export const sketchOf = (text: string): readonly number[] => {
  const words = wordsOf(text);
  if (words.length < SHORTEST) return [];
  return lowest(
    Array.from({ length: words.length - SHINGLE + 1 }, (_, at) =>
      hash(words.slice(at, at + SHINGLE).join(' ')),
    ),
  );
};

/** An estimate of the share of sequences that two texts have in common, from 0 to 1. */
export const resemblance = (a: readonly number[], b: readonly number[]): number => {
  const union = lowest([...a, ...b]);
  if (union.length === 0) return 0;
  const [inA, inB] = [new Set(a), new Set(b)];
  return union.filter((value) => inA.has(value) && inB.has(value)).length / union.length;
};
