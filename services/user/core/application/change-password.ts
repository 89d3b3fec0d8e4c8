import type { Clock } from '#kernel/clock.ts';
import { err, ok, refuse, type Err, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TooManyAttempts } from '../domain/attempts.ts';
import { checkPassword, type WeakPassword } from '../domain/password.ts';
import { changePassword } from '../domain/user.ts';
import { keepSession } from '../domain/session.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserQueries } from '../ports/user-queries.ts';
import type { UserTx } from '../ports/user-tx.ts';
import { findCurrent, type NotCurrent } from './find-current.ts';
import type { NotProven, ProvePassword } from './prove-password.ts';

export interface ChangePassword {
  readonly userId: string;
  readonly currentPassword: string;
  readonly newPassword: string;
  /** Of the session that goes on; none when absent. */
  readonly refreshToken?: string | undefined;
}

type Refused = WeakPassword | TooManyAttempts | NotCurrent | Refusal<'WRONG_PASSWORD'>;

/** Ends the sessions of the user, but for the one that is named. */
export const makeChangePassword =
  (
    unitOfWork: UnitOfWork<UserTx>,
    queries: UserQueries,
    provePassword: ProvePassword,
    passwords: Passwords,
    secrets: Secrets,
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
    return unitOfWork.run(async ({ users, sessions }): Promise<Result<undefined, Refused>> => {
      const current = await findCurrent(users, command.userId, undefined);
      if (!current.ok) return current;
      // Changed or reset while this one was hashed: what was proven is of no worth any more.
      if (current.value.credentials !== proven.value.credentials) return WRONG_PASSWORD;
      const changed = changePassword(current.value, passwordHash, clock.now());
      await users.save(changed);
      if (command.refreshToken === undefined) return ok(undefined);
      const digest = secrets.digest(command.refreshToken);
      const session = await sessions.lockByToken(digest);
      const kept = session && keepSession(session, current.value, changed, digest);
      if (kept) await sessions.save(kept);
      return ok(undefined);
    });
  };

const WRONG_PASSWORD = refuse('WRONG_PASSWORD', 'The current password is another one.');

const asWrongPassword = ({ code, ...error }: NotProven): Err<TooManyAttempts | Refusal<'WRONG_PASSWORD'>> =>
  code === 'INVALID_CREDENTIALS' ? WRONG_PASSWORD : err({ code, ...error });
