import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { accessRevoked, type Publication } from '../domain/events.ts';
import { endSession, isAlive, type Session } from '../domain/session.ts';
import { logOutEverywhere } from '../domain/user.ts';
import type { Devices } from '../ports/devices.ts';
import type { SessionQueries, UserQueries } from '../ports/user-queries.ts';
import type { UserTx } from '../ports/user-tx.ts';
import { renewed } from './renew-device.ts';

/** Sessions that a list has at most, the last used first. */
const MOST_LISTED = 100;

type UserNotFound = Refusal<'USER_NOT_FOUND'>;
type SessionNotFound = Refusal<'SESSION_NOT_FOUND'>;

const USER_NOT_FOUND = refuse('USER_NOT_FOUND', 'There is no such user.');
const SESSION_NOT_FOUND = refuse('SESSION_NOT_FOUND', 'There is no such session, or it has ended.');

/** The user's sessions that can be refreshed. */
export const makeListSessions =
  (users: UserQueries, sessions: SessionQueries, clock: Clock) =>
  async (userId: string): Promise<Result<readonly Session[], UserNotFound>> => {
    const user = await users.find(userId);
    if (!user) return USER_NOT_FOUND;
    const unended = await sessions.unended(userId, MOST_LISTED);
    return ok(unended.filter((session) => isAlive(session, user, clock.now())));
  };

interface Parts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  readonly clock: Clock;
  /** Lifetime of access tokens, in milliseconds. */
  readonly accessMs: number;
  readonly toWire: ToWire<Publication>;
}

/** Ends one session, and its access tokens. */
export const makeEndSession =
  ({ unitOfWork, clock, accessMs, toWire }: Parts) =>
  (userId: string, sessionId: string): Promise<Result<undefined, SessionNotFound>> =>
    unitOfWork.run(async ({ users, sessions, outbox }) => {
      const session = await sessions.lock(userId, sessionId);
      const user = session && (await users.find(userId));
      if (!user || !isAlive(session, user, clock.now())) return SESSION_NOT_FOUND;
      await sessions.save(endSession(session));
      await outbox.add(toWire(accessRevoked(user, { sessionId }, clock.now(), accessMs)));
      return ok(undefined);
    });

export interface EndOtherSessions {
  readonly userId: string;
  /** The session of the user that stays; none if absent. */
  readonly keptSessionId: string | undefined;
  /** Of the client, if it is the user's. */
  readonly deviceToken: string | undefined;
}

/**
 * Ends all sessions of the user except one, and their access tokens, and invalidates the proofs of known devices.
 * @returns a token that replaces the one of the client, if that was valid
 */
export const makeEndOtherSessions =
  ({ unitOfWork, clock, accessMs, toWire, devices }: Parts & { readonly devices: Devices }) =>
  ({
    userId,
    keptSessionId,
    deviceToken,
  }: EndOtherSessions): Promise<Result<string | undefined, UserNotFound>> =>
    unitOfWork.run(async ({ users, sessions, outbox }) => {
      const user = await users.find(userId);
      if (!user) return USER_NOT_FOUND;
      const now = clock.now();
      const changed = logOutEverywhere(user, now);
      await users.save(changed);
      await sessions.endOthers(userId, keptSessionId);
      await outbox.add(toWire(accessRevoked(changed, { keptSessionId }, now, accessMs)));
      return ok(renewed(devices, deviceToken, user, changed, now));
    });
