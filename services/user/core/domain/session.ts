import { after } from '#kernel/clock.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { User } from './user.ts';

/**
 * A family of refresh tokens, one after the other. Each is good for one refresh; when one comes a second time, two
 * parties hold it, and since nobody knows which is the thief, the whole family ends.
 */
export interface Session {
  readonly sessionId: string;
  readonly userId: string;
  /** The user's `credentials` when it began. */
  readonly credentials: number;
  /** Digest of the newest token, the only one that is good. */
  readonly current: string;
  /** When that token is too old; moves with each refresh. */
  readonly expiresAt: Date;
  readonly ended: boolean;
}

export type InvalidRefreshToken = Refusal<'INVALID_REFRESH_TOKEN'>;

export const INVALID_REFRESH_TOKEN = refuse(
  'INVALID_REFRESH_TOKEN',
  'The refresh token is unknown, used or expired; log in again.',
);

/** @param lifetimeMs of its first token */
export const startSession = (
  { userId, credentials }: User,
  sessionId: string,
  digest: string,
  now: Date,
  lifetimeMs: number,
): Session => ({
  sessionId,
  userId,
  credentials,
  current: digest,
  expiresAt: after(now, lifetimeMs),
  ended: false,
});

export const endSession = (session: Session): Session => ({ ...session, ended: true });

/** The session that outlives a new password of its user, if `digest` is of its current token. */
export const keepSession = (
  session: Session,
  before: User,
  after: User,
  digest: string,
): Session | undefined =>
  session.userId === before.userId &&
  session.credentials === before.credentials &&
  !session.ended &&
  !isReused(session, digest)
    ? { ...session, credentials: after.credentials }
    : undefined;

/** True when the token was good once and is not any more. */
export const isReused = (session: Session, digest: string): boolean => session.current !== digest;

/** Replaces the current token by the next; refuses when the session is over or has outlived a password. */
export const rotate = (
  session: Session,
  user: User,
  next: string,
  now: Date,
  lifetimeMs: number,
): Result<Session, InvalidRefreshToken> =>
  session.ended || session.expiresAt <= now || session.credentials !== user.credentials
    ? INVALID_REFRESH_TOKEN
    : ok({ ...session, current: next, expiresAt: after(now, lifetimeMs) });
