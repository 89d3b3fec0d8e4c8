import type { User } from '#adapters/auth/principal.ts';
import type { EventEnvelope } from '#kernel/events.ts';

/** Tokens that are revoked before they expire. */
export interface Revocation {
  /** `session:<id>`, or `user:<id>` for all sessions of a user. */
  readonly subject: string;
  /** Applies to tokens issued before this time; milliseconds since the epoch, as all times here. */
  readonly issuedBefore: number;
  /** The session whose tokens stay valid. */
  readonly keptSession?: string | undefined;
  /** When the last of these tokens expires; the revocation is stored until then. */
  readonly until: number;
}

/** Revoked access tokens. A revocation is dropped when its tokens have expired. */
export interface Revocations {
  /** The latest revocation of a subject counts, in whatever order they arrive. */
  revoke(revocations: readonly Revocation[]): Promise<void>;
  /** The revocation that applies to a token, if any. */
  isRevoked(user: User): Promise<boolean>;
}

/** The revocation that an event announces. */
export const revocationOf = ({ payload }: EventEnvelope<'user.access_revoked'>): Revocation => {
  const { user_id, session_id, kept_session_id, revoked_before, expired_by } = payload;
  const until = Date.parse(expired_by);
  // An ended session gets no more tokens, so clocks do not matter.
  if (session_id !== undefined) return { subject: `session:${session_id}`, issuedBefore: until, until };
  const issuedBefore = Date.parse(revoked_before);
  return { subject: `user:${user_id}`, issuedBefore, keptSession: kept_session_id, until };
};

/** Subjects under which a token can be revoked. */
export const subjectsOf = ({ userId, sessionId }: User): readonly string[] => [
  `user:${userId}`,
  ...(sessionId === undefined ? [] : [`session:${sessionId}`]),
];

export const revokes = (
  { issuedBefore, keptSession }: Pick<Revocation, 'issuedBefore' | 'keptSession'>,
  { issuedAt = 0, sessionId }: User,
): boolean => issuedAt < issuedBefore && (keptSession === undefined || keptSession !== sessionId);
