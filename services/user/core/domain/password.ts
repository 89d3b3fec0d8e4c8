import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Name } from './user.ts';

export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 128;

export type WeakPassword = Refusal<'WEAK_PASSWORD'>;

/** The owner of the password, whose known data is guessed first. */
export interface Owner extends Name {
  /** Normalised. */
  readonly email: string;
}

/** Refuses a password that is easy to guess. */
export type CheckPassword = (password: string, owner: Owner) => Result<undefined, WeakPassword>;

/** Forwards and backwards. */
const RUNS = [
  '01234567890123456789', '98765432109876543210', 'abcdefghijklmnopqrstuvwxyz', 'zyxwvutsrqponmlkjihgfedcba',
  'qwertyuiopasdfghjklzxcvbnm', 'mnbvcxzlkjhgfdsapoiuytrewq',
]; // prettier-ignore

/** Shorter words occur in others. */
const SHORTEST_WORD = 4;
/** Letters and digits that a password needs in addition to its owner's name. */
const LEAST_BESIDE = 5;

const isRun = (lower: string): boolean => RUNS.some((run) => run.includes(lower));

/** True if it repeats a part of at most three characters. */
const isRepetition = (lower: string): boolean => /^(.{1,3}?)\1+$/s.test(lower);

const wordsOf = (text: string): readonly string[] =>
  [text, ...text.split(/[^\p{L}\p{N}]+/u)]
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= SHORTEST_WORD);

/** True if it consists of little more than digits and words of owner and shop. */
const isOfContext = (lower: string, words: readonly string[]): boolean => {
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), lower).replace(/[^\p{L}\p{N}]/gu, '');
  const hasWord = words.some((word) => lower.includes(word));
  return hasWord && (rest.length < LEAST_BESIDE || /^\d{0,8}$/.test(rest));
};

/**
 * Checks the length, common passwords (unchanged, surrounded by digits and symbols, or repeated), runs of keys, and words of
 * owner and shop. No rules about kinds of characters: NIST SP 800-63B, OWASP ASVS 5.0 V6.2.
 * @param isCommon whether a text in lower case is one of the most common passwords
 * @param shop its name
 */
export const makeCheckPassword = (isCommon: (lower: string) => boolean, shop: string): CheckPassword => {
  const isGuessedFirst = (lower: string): boolean => {
    const word = lower.replace(/^[^a-z]+|[^a-z]+$/g, '');
    return [lower, word, word.replace(/^(.+?)\1+$/, '$1')].some((text) => text !== '' && isCommon(text));
  };
  return (password, { email, firstName, lastName }) => {
    const length = Array.from(password).length;
    if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD)
      return refuse(
        'WEAK_PASSWORD',
        `A password must have ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`,
      );
    const lower = password.toLowerCase();
    const [mailbox = ''] = email.split('@');
    if (lower === email || isOfContext(lower, [mailbox, firstName, lastName, shop].flatMap(wordsOf)))
      return refuse(
        'WEAK_PASSWORD',
        'The password must not consist of your name, your e-mail address or our name.',
      );
    if (isGuessedFirst(lower) || isRun(lower) || isRepetition(lower))
      return refuse('WEAK_PASSWORD', 'The password is one of the most commonly used.');
    return ok(undefined);
  };
};
