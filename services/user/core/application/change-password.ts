import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import type { TooManyAttempts } from '../domain/attempts.ts';
import { accessRevoked, type Publication } from '../domain/events.ts';
import type { WeakPassword } from '../domain/password.ts';
import { changePassword } from '../domain/user.ts';
import { keepSession, standingOf, type Session } from '../domain/session.ts';
import type { Devices } from '../ports/devices.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { Secrets } from '../ports/tokens.ts';
import type { UserQueries } from '../ports/user-queries.ts';
import type { SessionRepository, UserTx } from '../ports/user-tx.ts';
import type { CheckNewPassword } from './check-new-password.ts';
import { findCurrent, type NotCurrent } from './find-current.ts';
import { asWrongPassword, WRONG_PASSWORD, type ProvePassword } from './guesses.ts';

export interface ChangePassword {
  readonly userId: string;
  readonly currentPassword: string;
  readonly newPassword: string;
  /** The caller's session, which goes on; that of a token of another issuer is unknown. */
  readonly sessionId: string | undefined;
  /** The current refresh token of another session that goes on instead. */
  readonly refreshToken?: string | undefined;
  /** The client's network; see `Guess`. */
  readonly network: string;
  /** Of an earlier login, if the client has one. */
  readonly deviceToken?: string | undefined;
}

type Refused = WeakPassword | TooManyAttempts | NotCurrent | Refusal<'WRONG_PASSWORD'>;

export interface ChangePasswordParts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  readonly queries: UserQueries;
  readonly provePassword: ProvePassword;
  readonly checkPassword: CheckNewPassword;
  readonly passwords: Passwords;
  readonly secrets: Secrets;
  readonly devices: Devices;
  readonly clock: Clock;
  /** Lifetime of access tokens, in milliseconds. */
  readonly accessMs: number;
  readonly toWire: ToWire<Publication>;
}

/**
 * Ends the sessions of the user and their access tokens, except the caller's, and invalidates the proofs of known devices.
 * @returns a new proof for this device
 */
export const makeChangePassword = (parts: ChangePasswordParts) => {
  const { unitOfWork, queries, provePassword, checkPassword, passwords, secrets, devices } = parts;
  const { clock, accessMs, toWire } = parts;

  const byToken = async (sessions: SessionRepository, token: string): Promise<Session | undefined> => {
    const digest = secrets.digest(token);
    const session = await sessions.lockByToken(digest);
    const presented = { digest, successor: secrets.digest(secrets.successor(token)) };
    return session && standingOf(session, presented, clock.now()) !== 'used' ? session : undefined;
  };

  const named = async (
    sessions: SessionRepository,
    { userId, sessionId, refreshToken }: ChangePassword,
  ): Promise<Session | undefined> => {
    if (refreshToken !== undefined) return byToken(sessions, refreshToken);
    return sessionId === undefined ? undefined : sessions.lock(userId, sessionId);
  };

  return async (command: ChangePassword): Promise<Result<string, Refused>> => {
    const user = await queries.find(command.userId);
    if (!user) return refuse('USER_NOT_FOUND', 'There is no such user.');
    const strong = await checkPassword(command.newPassword, user);
    if (!strong.ok) return strong;
    const { network, deviceToken } = command;
    const guess = { email: user.email, network, deviceToken };
    const proven = await provePassword(guess, command.currentPassword);
    if (!proven.ok) return asWrongPassword(proven.error);
    const passwordHash = await passwords.hash(command.newPassword);
    return unitOfWork.run(async ({ users, sessions, outbox }): Promise<Result<string, Refused>> => {
      const current = await findCurrent(users, command.userId, undefined);
      if (!current.ok) return current;
      // The password was changed or reset during the hash: the check is no longer valid.
      if (current.value.credentials !== proven.value.user.credentials) return WRONG_PASSWORD;
      const changed = changePassword(current.value, passwordHash, clock.now());
      await users.save(changed);
      const session = keepSession(await named(sessions, command), current.value, changed, clock.now());
      if (session) await sessions.save(session);
      await outbox.add(
        toWire(accessRevoked(changed, { keptSessionId: session?.sessionId }, clock.now(), accessMs)),
      );
      return ok(devices.issue(changed, clock.now(), proven.value.place.deviceId));
    });
  };
};
