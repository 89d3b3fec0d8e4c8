import { after } from '#kernel/clock.ts';
import type { NewEvent } from '#kernel/events.ts';
import type { User } from './user.ts';

export const userRegistered = (user: User): NewEvent<'user.registered'> => ({
  type: 'user.registered',
  aggregateId: user.userId,
  aggregateVersion: user.version,
  payload: {
    user_id: user.userId,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    registered_at: user.createdAt.toISOString(),
  },
});

/** `token` is for the mail, and for nothing else. */
export const passwordResetRequested = (
  user: User,
  token: string,
  expiresAt: Date,
): NewEvent<'user.password_reset_requested'> => ({
  type: 'user.password_reset_requested',
  aggregateId: user.userId,
  aggregateVersion: user.version,
  payload: {
    user_id: user.userId,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    token,
    expires_at: expiresAt.toISOString(),
  },
});

/** The whole profile; versions that changed something else have no such event. */
export const profileUpdated = (user: User): NewEvent<'user.profile.updated'> => ({
  type: 'user.profile.updated',
  aggregateId: user.userId,
  aggregateVersion: user.version,
  payload: {
    user_id: user.userId,
    version: user.version,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    updated_at: user.updatedAt.toISOString(),
  },
});

/** Whose access tokens end: those of one session, or of all but the one that goes on. */
export interface Revoked {
  readonly sessionId?: string | undefined;
  readonly keptSessionId?: string | undefined;
}

/**
 * Access tokens that were issued until now end before they expire.
 * @param accessMs how long they live: until then whoever checks them must remember
 */
export const accessRevoked = (
  user: User,
  { sessionId, keptSessionId }: Revoked,
  now: Date,
  accessMs: number,
): NewEvent<'user.access_revoked'> => ({
  type: 'user.access_revoked',
  aggregateId: user.userId,
  aggregateVersion: user.version,
  payload: {
    user_id: user.userId,
    ...(sessionId === undefined ? {} : { session_id: sessionId }),
    ...(keptSessionId === undefined ? {} : { kept_session_id: keptSessionId }),
    revoked_before: now.toISOString(),
    expired_by: after(now, accessMs).toISOString(),
  },
});

/** Tells the owner of an account that somebody wanted to open another with their e-mail address. */
export const registrationRepeated = (owner: User, now: Date): NewEvent<'user.registration_repeated'> => ({
  type: 'user.registration_repeated',
  aggregateId: owner.userId,
  aggregateVersion: owner.version,
  payload: {
    user_id: owner.userId,
    email: owner.email,
    first_name: owner.firstName,
    last_name: owner.lastName,
    attempted_at: now.toISOString(),
  },
});
