import { describe, expect, it } from 'vitest';
import { MINUTE } from '#kernel/clock.ts';
import { accessRevoked } from '../../core/domain/events.ts';
import { aUser } from '../../test/user.mother.ts';
import { toWire } from './integration-events.ts';

const AT = new Date('2026-03-02T12:00:00Z');

describe('other services learn', () => {
  const user = aUser({ version: 4, createdAt: new Date('2026-03-01T12:00:00Z'), updatedAt: AT });
  const about = { aggregateId: user.userId, aggregateVersion: 4 };
  const person = {
    user_id: user.userId,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
  };

  it('that an account was opened', () => {
    expect(toWire({ type: 'user.registered', user })).toEqual({
      ...about,
      type: 'user.registered',
      payload: { ...person, registered_at: '2026-03-01T12:00:00.000Z' },
    });
  });

  it('the whole profile when it changes, without its password', () => {
    expect(toWire({ type: 'user.profile.updated', user })).toEqual({
      ...about,
      type: 'user.profile.updated',
      payload: { ...person, version: 4, updated_at: AT.toISOString() },
    });
  });

  it('what happened to the second factors of an account', () => {
    const change = 'recovery_code_used';
    expect(toWire({ type: 'user.factors_changed', user, change, at: AT })).toEqual({
      ...about,
      type: 'user.factors_changed',
      payload: { ...person, change, changed_at: AT.toISOString() },
    });
  });

  it('that a registration used the address of an account', () => {
    expect(toWire({ type: 'user.registration_repeated', user, at: AT })).toEqual({
      ...about,
      type: 'user.registration_repeated',
      payload: { ...person, attempted_at: AT.toISOString() },
    });
  });

  it.each([
    ['a password reset', 'user.password_reset_requested'],
    ['an invitation', 'user.invited'],
  ] as const)('the token of %s and its expiry', (_, type) => {
    expect(toWire({ type, user, token: 'secret', expiresAt: AT })).toEqual({
      ...about,
      type,
      payload: { ...person, token: 'secret', expires_at: AT.toISOString() },
    });
  });

  it('the token that proves an address, and its expiry', () => {
    const asked = { email: 'new@example.com', token: 'secret', expiresAt: AT };
    expect(toWire({ type: 'user.email_verification_requested', user, ...asked })).toEqual({
      ...about,
      type: 'user.email_verification_requested',
      payload: { ...person, email: 'new@example.com', token: 'secret', expires_at: AT.toISOString() },
    });
  });

  it('that an address is proven', () => {
    expect(toWire({ type: 'user.email_verified', user, at: AT })).toEqual({
      ...about,
      type: 'user.email_verified',
      payload: { ...person, verified_at: AT.toISOString() },
    });
  });

  it('that a user has logged in elsewhere', () => {
    expect(toWire({ type: 'user.logged_in_elsewhere', user, device: 'Phone', at: AT })).toEqual({
      ...about,
      type: 'user.logged_in_elsewhere',
      payload: { ...person, device: 'Phone', logged_in_at: AT.toISOString() },
    });
  });

  it('that another address was requested, and that it replaced the previous one', () => {
    expect(toWire({ type: 'user.email_change_requested', user, at: AT })).toEqual({
      ...about,
      type: 'user.email_change_requested',
      payload: { ...person, requested_at: AT.toISOString() },
    });
    expect(toWire({ type: 'user.email_changed', user, previousEmail: 'old@example.com', at: AT })).toEqual({
      ...about,
      type: 'user.email_changed',
      payload: { ...person, previous_email: 'old@example.com', changed_at: AT.toISOString() },
    });
  });

  it.each([
    ['all access tokens', {}, {}],
    ['those of a session', { sessionId: 's-1' }, { session_id: 's-1' }],
    ['those of all sessions except one', { keptSessionId: 's-1' }, { kept_session_id: 's-1' }],
  ])('that %s are revoked, and when they expire', (_, revoked, named) => {
    expect(toWire(accessRevoked(user, revoked, AT, 5 * MINUTE))).toStrictEqual({
      ...about,
      type: 'user.access_revoked',
      payload: {
        user_id: user.userId,
        ...named,
        revoked_before: AT.toISOString(),
        expired_by: '2026-03-02T12:05:00.000Z',
      },
    });
  });
});
