import { describe, expect, it } from '@jest/globals';
import { DAY } from '#kernel/clock.ts';
import { endSession, isReused, rotate, startSession } from './session.ts';
import { changePassword, openAccount } from './user.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const LATER = new Date('2026-03-10T12:00:00Z');
const user = openAccount(
  { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace', passwordHash: 'hash', roles: [] },
  'user',
  NOW,
);
const session = startSession(user, 'session', 'first', NOW, 30 * DAY);
const refused = { error: { code: 'INVALID_REFRESH_TOKEN' } };

describe('a session', () => {
  it('goes on with the next token, for as long again', () => {
    expect(rotate(session, user, 'second', LATER, 30 * DAY)).toEqual({
      ok: true,
      value: { ...session, current: 'second', expiresAt: new Date('2026-04-09T12:00:00Z') },
    });
  });

  it('knows a token that is not the newest for a used one', () => {
    expect(isReused(session, 'first')).toBe(false);
    expect(isReused({ ...session, current: 'second' }, 'first')).toBe(true);
  });

  it('does not go on once it has ended', () => {
    expect(endSession(session)).toEqual({ ...session, ended: true });
    expect(rotate(endSession(session), user, 'second', LATER, DAY)).toMatchObject(refused);
  });

  it('does not go on when its token is too old', () => {
    expect(rotate(session, user, 'second', new Date('2026-03-31T12:00:00Z'), DAY)).toMatchObject(refused);
  });

  it('does not outlive the password it began with', () => {
    expect(rotate(session, changePassword(user, 'other', LATER), 'second', LATER, DAY)).toMatchObject(
      refused,
    );
  });
});
