import { hasDigit } from './words.ts';

/** How many typing errors a word may have: one from 4 letters, two from 8, none in numbers. */
export const editsIn = (word: string): number => {
  if (hasDigit(word)) return 0;
  const { length } = Array.from(word);
  return length >= 8 ? 2 : length >= 4 ? 1 : 0;
};

/** Longer words resemble no other. */
const LONGEST = 63;
// Rows of the matrix, reused: millions of words are compared.
let before = new Uint8Array(LONGEST + 1);
let last = new Uint8Array(LONGEST + 1);
let now = new Uint8Array(LONGEST + 1);

const at = (row: Uint8Array, column: number): number => row[column] ?? 0;

/**
 * Letters to insert, leave out, replace or swap with their neighbour to turn one word into another; undefined if more
 * than `most`. Optimal string alignment, in a band around the diagonal.
 */
export const distanceWithin = (a: string, b: string, most: number): number | undefined => {
  if (Math.abs(a.length - b.length) > most || a.length > LONGEST || b.length > LONGEST) return undefined;
  for (let column = 0; column <= b.length; column += 1) last[column] = column;
  for (let row = 1; row <= a.length; row += 1) {
    now.fill(most + 1, 0, b.length + 1);
    now[0] = row;
    let best = row;
    for (let column = Math.max(1, row - most); column <= Math.min(b.length, row + most); column += 1) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      let cost = Math.min(
        at(last, column - 1) + (same ? 0 : 1),
        at(last, column) + 1,
        at(now, column - 1) + 1,
      );
      const isSwap =
        row > 1 &&
        column > 1 &&
        a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
        a.charCodeAt(row - 2) === b.charCodeAt(column - 1);
      if (isSwap) cost = Math.min(cost, at(before, column - 2) + 1);
      now[column] = cost;
      best = Math.min(best, cost);
    }
    if (best > most) return undefined;
    [before, last, now] = [last, now, before];
  }
  const distance = at(last, b.length);
  return distance <= most ? distance : undefined;
};

/** The letters of a word as bits, to reject most words without comparing. */
export const lettersOf = (word: string): number => {
  let bits = 0;
  for (let index = 0; index < word.length; index += 1) bits |= 1 << (word.charCodeAt(index) & 31);
  return bits >>> 0;
};

/** False if words of these letters are further apart: one edit changes at most two, one goes and another comes. */
export const mayResemble = (letters: number, others: number, edits: number): boolean => {
  let count = 0;
  for (let bits = (letters ^ others) >>> 0; bits !== 0; bits = (bits & (bits - 1)) >>> 0) count += 1;
  return count <= 2 * edits;
};
