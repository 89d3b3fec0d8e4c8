import { stem } from './stem.ts';
import { remembering } from './remembering.ts';
import { chunkOf, chunksOf, runsOf } from './words.ts';

/**
 * The terms under which a text is found, each once: its words in the singular, their parts (`a1h` also as `a`, `1`,
 * `h`), and hyphenated words joined (`t-shirt` also as `tshirt`). Also plurals such as `knives`, because the singular of a
 * misspelt one is no word.
 */
export const termsOf = (...texts: readonly string[]): string[] => {
  const terms = new Set<string>();
  for (const text of texts)
    for (const run of runsOf(text)) for (const term of termsOfRun(run)) terms.add(term);
  return [...terms];
};

/** The words of a text in the singular, in order. */
export const stemsOf = (text: string): string[] =>
  chunksOf(text).flatMap(({ words }) => words.map((word) => stem(word.text)));

const termsOfRun = remembering((run): readonly string[] => {
  const chunk = chunkOf(run);
  if (!chunk) return [];
  const { joined, words } = chunk;
  return [
    ...words.flatMap(({ text, parts }) => (parts.length > 1 ? [text, ...parts.map(stem)] : formsOf(text))),
    ...(words.length > 1 ? [stem(joined)] : []),
  ];
});

const formsOf = (word: string): string[] => {
  const singular = stem(word);
  return word === singular || word === `${singular}s` ? [singular] : [singular, word];
};
