import type { Clock } from '#kernel/clock.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { countAttempt, type TooManyAttempts } from '../domain/attempts.ts';
import type { User } from '../domain/user.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';

export type NotProven = TooManyAttempts | Refusal<'INVALID_CREDENTIALS'>;

/** The user whose password it is. Answers alike, after the same work, whether the account or the password is wrong. */
export type ProvePassword = (email: string, password: string) => Promise<Result<User, NotProven>>;

/** @returns takes a normalised e-mail address; counts the attempts for it, whether anybody has it or not */
export const makeProvePassword = (
  unitOfWork: UnitOfWork<UserTx>,
  passwords: Passwords,
  secrets: Secrets,
  clock: Clock,
): ProvePassword => {
  const begin = (email: string): Promise<Result<User | undefined, TooManyAttempts>> =>
    unitOfWork.run(async ({ users, attempts }) => {
      const account = secrets.digest(email);
      const now = clock.now();
      const counted = countAttempt(await attempts.lock(account, now), now);
      if (!counted.ok) return counted;
      await attempts.save(account, counted.value);
      return ok(await users.findByEmail(email));
    });

  return async (email, password) => {
    const begun = await begin(email);
    if (!begun.ok) return begun;
    const user = begun.value;
    if (!(await passwords.verify(user?.passwordHash, password)) || !user)
      return refuse('INVALID_CREDENTIALS', 'The e-mail address or the password is wrong.');
    await unitOfWork.run(({ attempts }) => attempts.clear(secrets.digest(email)));
    return ok(user);
  };
};
