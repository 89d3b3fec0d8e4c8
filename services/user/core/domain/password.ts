import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';

export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 128;

export type WeakPassword = Refusal<'WEAK_PASSWORD'>;

/** What guessers try first, without case, digits around it and signs. */
const COMMON = new Set([
  'password', 'passwort', 'passw', 'pass', 'qwerty', 'qwertyuiop', 'qwertz', 'qwertzuiop', 'azerty', 'asdfghjkl',
  'letmein', 'welcome', 'admin', 'administrator', 'iloveyou', 'monkey', 'dragon', 'football', 'baseball', 'sunshine',
  'princess', 'superman', 'batman', 'trustno', 'changeme', 'secret', 'abc', 'login', 'master', 'hello', 'starwars',
]); // prettier-ignore

/** Forwards and backwards. */
const RUNS = [
  '01234567890123456789', '98765432109876543210', 'abcdefghijklmnopqrstuvwxyz', 'zyxwvutsrqponmlkjihgfedcba',
  'qwertyuiopasdfghjklzxcvbnm', 'mnbvcxzlkjhgfdsapoiuytrewq',
]; // prettier-ignore

const isCommon = (lower: string): boolean => {
  const word = lower.replace(/^[^a-z]+|[^a-z]+$/g, '');
  return COMMON.has(word) || COMMON.has(word.replace(/(.+?)\1+/, '$1'));
};

const isRun = (lower: string): boolean => RUNS.some((run) => run.includes(lower));

/** True when it is a part of at most three signs again and again. */
const isRepetition = (lower: string): boolean => /^(.{1,3}?)\1+$/s.test(lower);

/** Refuses a password that is guessed first: too short, the e-mail address, or what everybody takes. */
export const checkPassword = (password: string, email: string): Result<undefined, WeakPassword> => {
  const length = Array.from(password).length;
  if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD)
    return refuse('WEAK_PASSWORD', `A password has ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`);
  const lower = password.toLowerCase();
  const [mailbox] = email.split('@');
  if (lower === email || lower === mailbox)
    return refuse('WEAK_PASSWORD', 'The password must not be the e-mail address.');
  if (isCommon(lower) || isRun(lower) || isRepetition(lower))
    return refuse('WEAK_PASSWORD', 'The password is among the first that anybody would guess.');
  return ok(undefined);
};
