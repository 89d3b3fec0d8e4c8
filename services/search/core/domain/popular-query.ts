import { normalise } from '../analysis/normalise.ts';

/** A query and how often it was asked. */
export interface PopularQuery {
  /** As `presentable` writes it. */
  readonly query: string;
  readonly count: number;
}

/** Days for which counts are kept. */
export const KEPT_DAYS = 30;

/** In characters. */
const LONGEST = 60;
/** Letters and digits, with what belongs inside or after a word: `t-shirt`, `13.3"`, `men's`. */
const WORD = String.raw`[\p{L}\p{N}]+(?:(?:-|(?<=\p{N})\.(?=\p{N}))[\p{L}\p{N}]+)*(?:['’]s|["%])?`;
const PRESENTABLE = new RegExp(`^${WORD}(?: (?:& )?${WORD})*$`, 'u');
const MOST_WORDS = 6;
/** More may be a telephone number, or that of a card or an order. */
const MOST_DIGITS = 5;
/** As in `AER14`. */
const SKU = /\p{L}-?\p{N}{2}/u;

/**
 * A query in lower case and with single spaces, as it may be shown to other shoppers; undefined if it has signs that a search
 * ignores and a reader does not, or if it resembles a SKU, a telephone number or an address.
 */
export const presentable = (query: string): string | undefined => {
  if (query.length > LONGEST) return undefined;
  const text = query.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
  const digits = text.match(/\p{N}/gu)?.length ?? 0;
  const isFine =
    text.length <= LONGEST &&
    PRESENTABLE.test(text) &&
    text.split(' ').length <= MOST_WORDS &&
    digits <= MOST_DIGITS &&
    !SKU.test(text);
  return isFine ? text : undefined;
};

/** A query or the beginning of one as both are compared: without accents, and with a space before each word. */
export const completionKey = (text: string): string => ` ${normalise(text).trimStart().replace(/\s+/g, ' ')}`;

/** True if what was typed is the beginning of the query or of a word in it, and not all of it. Both are completion keys. */
export const completes = (query: string, typed: string): boolean =>
  query.includes(typed) && query !== typed.trimEnd();
