import { normalizeEmail } from '#kernel/email.ts';
import type { Profile } from './user.ts';

/** Which users are listed. */
export interface UserFilter {
  /** Each is the beginning of the e-mail address, the first or the last name; in lower case. */
  readonly words: readonly string[];
  readonly role?: string | undefined;
  readonly isActive?: boolean | undefined;
}

/** Further words of a query are ignored. */
const MOST_WORDS = 5;

export const wordsOf = (query: string): readonly string[] =>
  normalizeEmail(query).split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);

export const isListed = (user: Profile, { words, role, isActive }: UserFilter): boolean => {
  const texts = [user.email, user.firstName.toLowerCase(), user.lastName.toLowerCase()];
  return (
    words.every((word) => texts.some((text) => text.startsWith(word))) &&
    (role === undefined || user.roles.includes(role)) &&
    (isActive === undefined || isActive === (user.deactivatedAt === undefined))
  );
};
