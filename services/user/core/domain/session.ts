import { after, SECOND } from '#kernel/clock.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { User } from './user.ts';

/** How long after an exchange the same exchange may be repeated: by a second tab, or after a lost answer. */
export const REPEAT_WINDOW_MS = 10 * SECOND;

/**
 * A family of refresh tokens, one after the other. Each is good for one exchange. One that comes again later is in two
 * hands, and since nobody knows which is the thief's, the whole family ends.
 */
export interface Session {
  readonly sessionId: string;
  readonly userId: string;
  /** The user's `credentials` when it began. */
  readonly credentials: number;
  /** Digest of the newest token. */
  readonly current: string;
  readonly startedAt: Date;
  /** When the newest token took the place of the one before; `startedAt` for the first. */
  readonly rotatedAt: Date;
  /** When the newest token is too old; moves with each exchange, up to the session's end. */
  readonly expiresAt: Date;
  readonly ended: boolean;
}

/** In milliseconds. */
export interface SessionLifetime {
  /** Without an exchange. */
  readonly idle: number;
  /** From the login on, however often tokens are exchanged. */
  readonly absolute: number;
}

export interface InvalidRefreshToken extends Refusal<'INVALID_REFRESH_TOKEN'> {
  /** The session that ended because its token was used before; for the security log. */
  readonly reused?: { readonly userId: string; readonly sessionId: string };
}

export const INVALID_REFRESH_TOKEN = refuse(
  'INVALID_REFRESH_TOKEN',
  'The refresh token is unknown, used or expired; log in again.',
);

/** @param digest of its first token */
export const startSession = (
  { userId, credentials }: User,
  sessionId: string,
  digest: string,
  now: Date,
  lifetime: SessionLifetime,
): Session => ({
  sessionId,
  userId,
  credentials,
  current: digest,
  startedAt: now,
  rotatedAt: now,
  expiresAt: expiry(now, now, lifetime),
  ended: false,
});

const expiry = (startedAt: Date, now: Date, { idle, absolute }: SessionLifetime): Date =>
  new Date(Math.min(after(now, idle).getTime(), after(startedAt, absolute).getTime()));

export const endSession = (session: Session): Session => ({ ...session, ended: true });

/** Digests of a token that somebody presents, and of the one that follows it. */
export interface Presented {
  readonly digest: string;
  readonly successor: string;
}

/** What a token that the session once had is by now. */
export type Standing = 'current' | 'just exchanged' | 'used';

export const standingOf = (session: Session, { digest, successor }: Presented, now: Date): Standing => {
  if (session.current === digest) return 'current';
  const isRecent = now.getTime() - session.rotatedAt.getTime() <= REPEAT_WINDOW_MS;
  return session.current === successor && isRecent ? 'just exchanged' : 'used';
};

/** The session that outlives a new password of its user, if the token is its current one. */
export const keepSession = (
  session: Session,
  before: User,
  after: User,
  presented: Presented,
  now: Date,
): Session | undefined =>
  session.userId === before.userId &&
  session.credentials === before.credentials &&
  !session.ended &&
  standingOf(session, presented, now) !== 'used'
    ? { ...session, credentials: after.credentials }
    : undefined;

/**
 * Exchanges a token that is not used up: the successor takes its place, or has taken it a moment ago. Refuses when the
 * session is over or has outlived a password.
 */
export const exchange = (
  session: Session,
  user: User,
  presented: Presented,
  now: Date,
  lifetime: SessionLifetime,
): Result<Session, InvalidRefreshToken> => {
  if (session.ended || session.expiresAt <= now || session.credentials !== user.credentials)
    return INVALID_REFRESH_TOKEN;
  if (standingOf(session, presented, now) === 'just exchanged') return ok(session);
  const expiresAt = expiry(session.startedAt, now, lifetime);
  return ok({ ...session, current: presented.successor, rotatedAt: now, expiresAt });
};
