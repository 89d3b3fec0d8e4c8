import type { Judgement } from './judgements.ts';
import { seededRandom } from './metrics.ts';

const SEED = 7;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** Words in which a typing error is forgiven. */
const WORD = /(?<![\p{L}\p{N}])\p{L}{4,}(?![\p{L}\p{N}])/gu;

type Pick = <Value>(values: ArrayLike<Value>) => number;

/** The ways to mistype a word at a letter. */
const ERRORS: readonly ((word: string, at: number, letter: string) => string)[] = [
  (word, at) => word.slice(0, at) + word.slice(at + 1),
  (word, at, letter) => word.slice(0, at) + letter + word.slice(at),
  (word, at, letter) => word.slice(0, at) + letter + word.slice(at + 1),
  (word, at) =>
    word.slice(0, at) +
    word
      .slice(at, at + 2)
      .split('')
      .toReversed()
      .join('') +
    word.slice(at + 2),
];

const mistype = (query: string, pick: Pick): string => {
  const words = [...query.matchAll(WORD)];
  const word = words[pick(words)];
  const error = ERRORS[pick(ERRORS)];
  if (!word || !error) return query;
  const [text] = word;
  const wrong = error(text, pick(text), LETTERS[pick(LETTERS)] ?? '');
  return query.slice(0, word.index) + wrong + query.slice(word.index + text.length);
};

/** Well-spelt queries, and after each the same with a typing error anywhere in it: the same errors each time. */
export const withTypingErrors = (judgements: readonly Judgement[]): Judgement[] => {
  const random = seededRandom(SEED);
  const pick: Pick = ({ length }) => Math.floor(random() * length);
  return judgements
    .filter(({ meant }) => meant === undefined)
    .flatMap((judgement) => {
      const query = mistype(judgement.query, pick);
      const isChanged = query.toLowerCase() !== judgement.query.toLowerCase();
      return isChanged ? [judgement, { ...judgement, query, meant: judgement.query }] : [];
    });
};
