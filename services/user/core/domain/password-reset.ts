import { after, DAY, MINUTE } from '#kernel/clock.ts';
import { refuse, type Refusal } from '#kernel/result.ts';
import type { User } from './user.ts';

export const RESET_LIFETIME_MS = 30 * MINUTE;
/** Of the token that sets the first password of an invited user. */
export const INVITATION_LIFETIME_MS = 7 * DAY;
/** Limit of mails per address and window that requests of others can cause. */
export const MOST_MAILS = 3;

/** Lets the holder of the token set a new password. */
export interface PasswordReset {
  /** The digest of the token, which itself is not stored. */
  readonly digest: string;
  readonly userId: string;
  /** The user's `credentials` at the time of the request: any new password invalidates it. */
  readonly credentials: number;
  readonly expiresAt: Date;
}

export type InvalidResetToken = Refusal<'INVALID_RESET_TOKEN'>;

export const INVALID_RESET_TOKEN = refuse(
  'INVALID_RESET_TOKEN',
  'The token is unknown, used or expired; request a new one.',
);

export const startReset = (
  { userId, credentials }: User,
  digest: string,
  now: Date,
  lifetimeMs = RESET_LIFETIME_MS,
): PasswordReset => ({ digest, userId, credentials, expiresAt: after(now, lifetimeMs) });

export const isGood = (reset: PasswordReset, user: User, now: Date): boolean =>
  reset.expiresAt > now && reset.credentials === user.credentials;
