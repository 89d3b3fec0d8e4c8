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
