import { describe, expect, it } from 'vitest';
import { aUser } from '../../test/user.mother.ts';
import { profileUpdated, userRegistered } from './events.ts';

describe('others hear', () => {
  const user = aUser({
    createdAt: new Date('2026-03-01T12:00:00Z'),
    updatedAt: new Date('2026-03-02T12:00:00Z'),
  });
  const profile = {
    user_id: user.userId,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
  };

  it('of a new account', () => {
    expect(userRegistered(user)).toEqual({
      type: 'user.registered',
      aggregateId: user.userId,
      aggregateVersion: user.version,
      payload: { ...profile, registered_at: '2026-03-01T12:00:00.000Z' },
    });
  });

  it('of a profile’s whole state when it changes, and nothing of its password', () => {
    expect(profileUpdated({ ...user, version: 4 })).toEqual({
      type: 'user.profile.updated',
      aggregateId: user.userId,
      aggregateVersion: 4,
      payload: { ...profile, version: 4, updated_at: '2026-03-02T12:00:00.000Z' },
    });
  });
});
