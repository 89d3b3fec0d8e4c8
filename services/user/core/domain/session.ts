import { after, SECOND } from '#kernel/clock.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { CUSTOMER, isStaff, type User } from './user.ts';

/** How long an exchange may be repeated: by a second tab, or after a lost response. */
export const REPEAT_WINDOW_MS = 10 * SECOND;

/**
 * A family of successive refresh tokens, each valid for one exchange. A reused token may be stolen, and because the thief
 * cannot be told from the owner, the whole family ends.
 */
export interface Session {
  readonly sessionId: string;
  readonly userId: string;
  /** The user's `credentials` when the session began. */
  readonly credentials: number;
  /** Digest of the newest token. */
  readonly current: string;
  /** What the client called itself when it logged in, for its owner to recognise; may be empty. */
  readonly device: string;
  readonly startedAt: Date;
  /** When its user last proved who they are: by the login, or a step-up. */
  readonly provenAt: Date;
  /** How they proved it (RFC 8176). */
  readonly methods: readonly Method[];
  /** When the newest token replaced the previous one; `startedAt` for the first. */
  readonly rotatedAt: Date;
  /** When the newest token expires; moves with each exchange, up to the session's end. */
  readonly expiresAt: Date;
  readonly ended: boolean;
}

/** A password, a code, a passkey, and two of them. */
export type Method = 'pwd' | 'otp' | 'hwk' | 'mfa';

export const BY_PASSWORD: readonly Method[] = ['pwd'];
export const BY_CODE: readonly Method[] = ['pwd', 'otp', 'mfa'];
export const BY_PASSKEY: readonly Method[] = ['pwd', 'hwk', 'mfa'];
/** The authenticator has verified the user: it is something they have, and something they know or are. */
export const BY_PASSKEY_ALONE: readonly Method[] = ['hwk', 'mfa'];

/** In milliseconds. */
export interface SessionLifetime {
  /** Without an exchange. */
  readonly idle: number;
  /** From the login, regardless of exchanges. */
  readonly absolute: number;
}

export interface InvalidRefreshToken extends Refusal<'INVALID_REFRESH_TOKEN'> {
  /** The session that ended because its token was reused, for the security log. */
  readonly reused?: { readonly userId: string; readonly sessionId: string };
}

export const INVALID_REFRESH_TOKEN = refuse(
  'INVALID_REFRESH_TOKEN',
  'The refresh token is unknown, used or expired; log in again.',
);

/** A new session, before its times. */
export interface NewSession {
  readonly sessionId: string;
  /** Digest of its first token. */
  readonly digest: string;
  readonly device: string;
  readonly methods: readonly Method[];
}

export const startSession = (
  { userId, credentials }: User,
  { sessionId, digest, device, methods }: NewSession,
  now: Date,
  lifetime: SessionLifetime,
): Session => ({
  sessionId,
  userId,
  credentials,
  current: digest,
  device,
  startedAt: now,
  provenAt: now,
  methods,
  rotatedAt: now,
  expiresAt: expiry(now, now, lifetime),
  ended: false,
});

const expiry = (startedAt: Date, now: Date, { idle, absolute }: SessionLifetime): Date =>
  new Date(Math.min(after(now, idle).getTime(), after(startedAt, absolute).getTime()));

/** Whether it can still be refreshed. */
export const isAlive = (session: Session, user: User, now: Date): boolean =>
  !session.ended && session.expiresAt > now && session.credentials === user.credentials;

/** Its user has proved again who they are. */
export const stepUp = (session: Session, methods: readonly Method[], now: Date): Session => ({
  ...session,
  methods,
  provenAt: now,
});

/** The roles that it gives: where staff need a second factor, only with one. */
export const rolesIn = ({ methods }: Session, user: User, isFactorRequired: boolean): readonly string[] => {
  const isMissing = isFactorRequired && !methods.includes('mfa');
  return isMissing && isStaff(user) ? [CUSTOMER] : user.roles;
};

export const endSession = (session: Session): Session => ({ ...session, ended: true });

/** Digests of a presented token, and of its successor. */
export interface Presented {
  readonly digest: string;
  readonly successor: string;
}

/** The current role of a token of the session. */
export type Standing = 'current' | 'just exchanged' | 'used';

export const standingOf = (session: Session, { digest, successor }: Presented, now: Date): Standing => {
  if (session.current === digest) return 'current';
  const isRecent = now.getTime() - session.rotatedAt.getTime() <= REPEAT_WINDOW_MS;
  return session.current === successor && isRecent ? 'just exchanged' : 'used';
};

/** The session that outlives a new password; undefined if it is not the user's, or has ended. */
export const keepSession = (
  session: Session | undefined,
  before: User,
  after: User,
  now: Date,
): Session | undefined =>
  session?.userId === before.userId && isAlive(session, before, now)
    ? { ...session, credentials: after.credentials }
    : undefined;

/**
 * Exchanges a token: the successor replaces it, or has just replaced it. Refuses if the session has ended or the password
 * has changed.
 */
export const exchange = (
  session: Session,
  user: User,
  presented: Presented,
  now: Date,
  lifetime: SessionLifetime,
): Result<Session, InvalidRefreshToken> => {
  if (!isAlive(session, user, now)) return INVALID_REFRESH_TOKEN;
  if (standingOf(session, presented, now) === 'just exchanged') return ok(session);
  const expiresAt = expiry(session.startedAt, now, lifetime);
  return ok({ ...session, current: presented.successor, rotatedAt: now, expiresAt });
};
