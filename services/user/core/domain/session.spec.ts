import { describe, expect, it } from 'vitest';
import { after, DAY, SECOND } from '#kernel/clock.ts';
import { BY_PASSWORD, endSession, exchange, standingOf, startSession } from './session.ts';
import { changePassword, openAccount } from './user.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const LATER = new Date('2026-03-10T12:00:00Z');
const LIFETIME = { idle: 30 * DAY, absolute: 90 * DAY };
const FIRST = { digest: 'first', successor: 'second' };
const user = openAccount(
  { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace', passwordHash: 'hash', roles: [] },
  'user',
  NOW,
);
const BEGUN = { sessionId: 'session', digest: 'first', device: '', methods: BY_PASSWORD };
const session = startSession(user, BEGUN, NOW, LIFETIME);
const exchanged = { ...session, current: 'second', rotatedAt: LATER, expiresAt: after(LATER, 30 * DAY) };
const refused = { error: { code: 'INVALID_REFRESH_TOKEN' } };

describe('a session', () => {
  it('continues with the next token, for the same time again', () => {
    expect(exchange(session, user, FIRST, LATER, LIFETIME)).toEqual({ ok: true, value: exchanged });
  });

  it('is unchanged when the last exchange is repeated within ten seconds', () => {
    const soon = after(LATER, 10 * SECOND);
    expect(exchange(exchanged, user, FIRST, soon, LIFETIME)).toEqual({ ok: true, value: exchanged });
  });

  it('accepts its newest token, and the one before for ten seconds; all others count as used', () => {
    expect(standingOf(session, FIRST, NOW)).toBe('current');
    expect(standingOf(exchanged, FIRST, after(LATER, 10 * SECOND))).toBe('just exchanged');
    expect(standingOf(exchanged, FIRST, after(LATER, 10 * SECOND + 1))).toBe('used');
    expect(standingOf({ ...exchanged, current: 'third' }, FIRST, LATER)).toBe('used');
  });

  it('ends at its limit, however often its tokens are exchanged', () => {
    const late = after(NOW, 80 * DAY);
    const old = { ...session, expiresAt: after(late, DAY) };
    expect(exchange(old, user, FIRST, late, LIFETIME)).toMatchObject({
      value: { expiresAt: after(NOW, 90 * DAY) },
    });
    expect(startSession(user, BEGUN, NOW, { idle: 30 * DAY, absolute: DAY })).toMatchObject({
      expiresAt: after(NOW, DAY),
    });
  });

  it('does not continue once it has ended', () => {
    expect(endSession(session)).toEqual({ ...session, ended: true });
    expect(exchange(endSession(session), user, FIRST, LATER, LIFETIME)).toMatchObject(refused);
  });

  it('does not continue with an expired token', () => {
    expect(exchange(session, user, FIRST, after(NOW, 30 * DAY), LIFETIME)).toMatchObject(refused);
  });

  it('does not outlive the password it began with', () => {
    expect(exchange(session, changePassword(user, 'other', LATER), FIRST, LATER, LIFETIME)).toMatchObject(
      refused,
    );
  });
});
