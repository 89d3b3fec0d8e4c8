import { refuse, type Result } from '#kernel/result.ts';
import type { CheckPassword, Owner, WeakPassword } from '../domain/password.ts';
import type { LeakedPasswords } from '../ports/passwords.ts';

/** Refuses a password that is easy to guess, or known from a leak. */
export type CheckNewPassword = (password: string, owner: Owner) => Promise<Result<undefined, WeakPassword>>;

export const makeCheckNewPassword =
  (checkPassword: CheckPassword, leaked: LeakedPasswords): CheckNewPassword =>
  async (password, owner) => {
    const strong = checkPassword(password, owner);
    if (!strong.ok || !(await leaked.has(password))) return strong;
    return refuse('WEAK_PASSWORD', 'The password is known from a leak of another site.');
  };
