import { after, MINUTE } from '#kernel/clock.ts';
import { refuse, type Refusal } from '#kernel/result.ts';
import type { Factors } from './factors.ts';
import type { User } from './user.ts';

export const CHALLENGE_LIFETIME_MS = 5 * MINUTE;
/** Tries at one challenge. */
export const MOST_TRIES = 5;

/** What it is for: to prove a second factor, to add a passkey, or to log in with one alone. */
export type Purpose = 'login' | 'step-up' | 'passkey' | 'passkey-login';

/** Lets the holder of the token, who knew the password, prove or add a second factor, once. */
export interface Challenge {
  /** The digest of the token, which itself is not stored. */
  readonly digest: string;
  readonly purpose: Purpose;
  readonly userId: string;
  /** The user's `credentials` when the password was right. */
  readonly credentials: number;
  /** What the client called itself then. */
  readonly device: string;
  /** The session that steps up, or adds the passkey. */
  readonly sessionId?: string | undefined;
  readonly triesLeft: number;
  readonly expiresAt: Date;
}

export type InvalidChallenge = Refusal<'INVALID_CHALLENGE'>;

export const INVALID_CHALLENGE = refuse(
  'INVALID_CHALLENGE',
  'The challenge is unknown, used or expired; begin again with the password.',
);

/** The password is right, but not enough. */
export interface SecondFactorRequired extends Refusal<'SECOND_FACTOR_REQUIRED'> {
  /** The token. */
  readonly challenge: string;
  /** Milliseconds. */
  readonly lifetimeMs: number;
  readonly hasPasskeys: boolean;
}

export const secondFactorRequired = (challenge: string, { passkeys }: Factors): SecondFactorRequired => ({
  code: 'SECOND_FACTOR_REQUIRED',
  detail: 'The password is right; send the challenge with a code or a passkey.',
  challenge,
  lifetimeMs: CHALLENGE_LIFETIME_MS,
  hasPasskeys: passkeys.length > 0,
});

export const startChallenge = (
  { userId, credentials }: User,
  challenge: Pick<Challenge, 'digest' | 'purpose' | 'device' | 'sessionId'>,
  now: Date,
): Challenge => ({
  ...challenge,
  userId,
  credentials,
  triesLeft: MOST_TRIES,
  expiresAt: after(now, CHALLENGE_LIFETIME_MS),
});

/** Remembers that a challenge of `LoginChallenges` was used, for as long as it would be valid. */
export const usedChallenge = (user: User, digest: string, now: Date): Challenge => ({
  ...startChallenge(user, { digest, purpose: 'passkey-login', device: '' }, now),
  triesLeft: 0,
});

export const isOpen = (challenge: Challenge, user: User, purpose: Purpose, now: Date): boolean =>
  challenge.purpose === purpose &&
  challenge.triesLeft > 0 &&
  challenge.expiresAt > now &&
  challenge.credentials === user.credentials;

export const tried = (challenge: Challenge): Challenge => ({
  ...challenge,
  triesLeft: challenge.triesLeft - 1,
});
