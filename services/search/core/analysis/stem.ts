import pluralize from 'pluralize-esm';
import { remembering } from './remembering.ts';
import { hasDigit } from './words.ts';

pluralize.addIrregularRule('lens', 'lenses');
for (const word of ['wireless', 'gas', 'bias', 'iris', 'atlas', 'plus', 'canvas'])
  pluralize.addUncountableRule(word);

/** The singular of an English noun; other words, numbers and short words stay as they are. */
export const stem = remembering((word) =>
  word.length < 4 || hasDigit(word) ? word : pluralize.singular(word),
);
