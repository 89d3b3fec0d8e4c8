import type { Clock } from '#kernel/clock.ts';
import { err, ok, refuse, type Err, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TooManyAttempts } from '../domain/attempts.ts';
import { checkPassword, type WeakPassword } from '../domain/password.ts';
import { changePassword } from '../domain/user.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { UserQueries } from '../ports/user-queries.ts';
import type { UserTx } from '../ports/user-tx.ts';
import { findCurrent, type NotCurrent } from './find-current.ts';
import type { NotProven, ProvePassword } from './prove-password.ts';

export interface ChangePassword {
  readonly userId: string;
  readonly currentPassword: string;
  readonly newPassword: string;
}

type Refused = WeakPassword | TooManyAttempts | NotCurrent | Refusal<'WRONG_PASSWORD'>;

/** Ends all sessions of the user: none outlives the password that it began with. */
export const makeChangePassword =
  (
    unitOfWork: UnitOfWork<UserTx>,
    queries: UserQueries,
    provePassword: ProvePassword,
    passwords: Passwords,
    clock: Clock,
  ) =>
  async (command: ChangePassword): Promise<Result<undefined, Refused>> => {
    const user = await queries.find(command.userId);
    if (!user) return refuse('USER_NOT_FOUND', 'There is no such user.');
    const strong = checkPassword(command.newPassword, user.email);
    if (!strong.ok) return strong;
    const proven = await provePassword(user.email, command.currentPassword);
    if (!proven.ok) return asWrongPassword(proven.error);
    const passwordHash = await passwords.hash(command.newPassword);
    return unitOfWork.run(async ({ users }) => {
      const current = await findCurrent(users, command.userId, undefined);
      if (!current.ok) return current;
      await users.save(changePassword(current.value, passwordHash, clock.now()));
      return ok(undefined);
    });
  };

const asWrongPassword = ({ code, ...error }: NotProven): Err<TooManyAttempts | Refusal<'WRONG_PASSWORD'>> =>
  code === 'INVALID_CREDENTIALS'
    ? refuse('WRONG_PASSWORD', 'The current password is another one.')
    : err({ code, ...error });
