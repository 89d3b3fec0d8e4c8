import type { User } from '#adapters/auth/principal.ts';
import type { EventEnvelope } from '#kernel/events.ts';

/** Tokens that end before they expire. */
export interface Revocation {
  /** Whose: `session:<id>`, or `user:<id>` for all sessions of a user. */
  readonly subject: string;
  /** Those issued earlier; milliseconds since the epoch, as all times here. */
  readonly issuedBefore: number;
  /** The session whose tokens stay good. */
  readonly keptSession?: string | undefined;
  /** When the last of them expires by itself: until then it is remembered. */
  readonly until: number;
}

/** Which access tokens have been revoked. Forgets each when it is over, so it holds no more than a token's life. */
export interface Revocations {
  /** Of one subject the latest counts, in whatever order they come. */
  revoke(revocations: readonly Revocation[]): Promise<void>;
  /** Of all tokens of the user's, the one by which they are known. */
  isRevoked(user: User): Promise<boolean>;
}

/** What an announcement asks to remember. */
export const revocationOf = ({ payload }: EventEnvelope<'user.access_revoked'>): Revocation => {
  const { user_id, session_id, kept_session_id, revoked_before, expired_by } = payload;
  const until = Date.parse(expired_by);
  // A session that has ended is issued no more tokens, whatever clocks say.
  if (session_id !== undefined) return { subject: `session:${session_id}`, issuedBefore: until, until };
  const issuedBefore = Date.parse(revoked_before);
  return { subject: `user:${user_id}`, issuedBefore, keptSession: kept_session_id, until };
};

/** What a token of the user's may be revoked under. */
export const subjectsOf = ({ userId, sessionId }: User): readonly string[] => [
  `user:${userId}`,
  ...(sessionId === undefined ? [] : [`session:${sessionId}`]),
];

export const revokes = (
  { issuedBefore, keptSession }: Pick<Revocation, 'issuedBefore' | 'keptSession'>,
  { issuedAt = 0, sessionId }: User,
): boolean => issuedAt < issuedBefore && (keptSession === undefined || keptSession !== sessionId);
