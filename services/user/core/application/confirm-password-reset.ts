import type { Clock } from '#kernel/clock.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { checkPassword, type WeakPassword } from '../domain/password.ts';
import { INVALID_RESET_TOKEN, isGood, type InvalidResetToken } from '../domain/password-reset.ts';
import { changePassword, type User } from '../domain/user.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserTx } from '../ports/user-tx.ts';

/** Sets a new password for whoever has the token. Ends all sessions, and uses up all tokens of the account. */
export const makeConfirmPasswordReset = (
  unitOfWork: UnitOfWork<UserTx>,
  passwords: Passwords,
  secrets: Secrets,
  clock: Clock,
) => {
  const ownerOf = async ({ users, resets }: UserTx, token: string): Promise<User | undefined> => {
    const reset = await resets.find(secrets.digest(token));
    const user = reset && (await users.find(reset.userId));
    return user && isGood(reset, user, clock.now()) ? user : undefined;
  };
  return async (
    token: string,
    newPassword: string,
  ): Promise<Result<undefined, WeakPassword | InvalidResetToken>> => {
    // Before the slow part, so that tokens that are made up cost nothing.
    const owner = await unitOfWork.run((tx) => ownerOf(tx, token));
    if (!owner) return INVALID_RESET_TOKEN;
    const strong = checkPassword(newPassword, owner.email);
    if (!strong.ok) return strong;
    const passwordHash = await passwords.hash(newPassword);
    return unitOfWork.run(async (tx) => {
      const user = await ownerOf(tx, token);
      if (!user) return INVALID_RESET_TOKEN;
      await tx.users.save(changePassword(user, passwordHash, clock.now()));
      await tx.attempts.clear(secrets.digest(user.email));
      return ok(undefined);
    });
  };
};
