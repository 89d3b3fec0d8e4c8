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

/** `token` is for the mail only. */
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

/** The whole profile; versions with other changes publish no such event. */
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

/** The access tokens that end: those of one session, or of all sessions except one. */
export interface Revoked {
  readonly sessionId?: string | undefined;
  readonly keptSessionId?: string | undefined;
}

/**
 * Revokes the access tokens issued until now.
 * @param accessMs their lifetime; verifiers must remember the revocation until then
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

/** Notifies the owner of an account that their e-mail address was used in a registration. */
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
