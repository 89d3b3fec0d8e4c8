import pluralize from 'pluralize-esm';
import { hasDigit } from './words.ts';

pluralize.addIrregularRule('lens', 'lenses');
for (const word of ['wireless', 'gas', 'bias', 'iris', 'atlas', 'plus', 'canvas'])
  pluralize.addUncountableRule(word);

/** Texts repeat the same words. */
const MOST_REMEMBERED = 50_000;
const remembered = new Map<string, string>();

/** The singular of an English noun; other words, numbers and short words stay as they are. */
export const stem = (word: string): string => {
  if (word.length < 4 || hasDigit(word)) return word;
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const found = pluralize.singular(word);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(word, found);
  return found;
};
