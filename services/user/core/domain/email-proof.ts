import { after, HOUR } from '#kernel/clock.ts';
import { refuse, type Refusal } from '#kernel/result.ts';
import type { User } from './user.ts';

export const PROOF_LIFETIME_MS = 24 * HOUR;

/** Lets the holder of the token, which was mailed to the address, prove that it is the user's. */
export interface EmailProof {
  /** The digest of the token, which itself is not stored. */
  readonly digest: string;
  readonly userId: string;
  /** The address, normalised: the user's, or the one that replaces it. */
  readonly email: string;
  /** The user's `credentials` at the time of the request: a new password or address invalidates it. */
  readonly credentials: number;
  readonly expiresAt: Date;
}

export type InvalidEmailToken = Refusal<'INVALID_EMAIL_TOKEN'>;

export const INVALID_EMAIL_TOKEN = refuse(
  'INVALID_EMAIL_TOKEN',
  'The token is unknown, used or expired; request a new one.',
);

/** @param email normalised */
export const startProof = (
  { userId, credentials }: User,
  email: string,
  digest: string,
  now: Date,
): EmailProof => ({ digest, userId, email, credentials, expiresAt: after(now, PROOF_LIFETIME_MS) });

/** False also for an address that is proven already. */
export const proves = (proof: EmailProof, user: User, now: Date): boolean =>
  proof.expiresAt > now &&
  proof.credentials === user.credentials &&
  (proof.email !== user.email || user.emailVerifiedAt === undefined);
