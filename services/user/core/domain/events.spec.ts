import { expect, it } from 'vitest';
import { MINUTE } from '#kernel/clock.ts';
import { aUser } from '../../test/user.mother.ts';
import { accessRevoked } from './events.ts';

it('revoked access tokens have expired once their lifetime is over', () => {
  const user = aUser();
  const at = new Date('2026-03-02T12:00:00Z');
  expect(accessRevoked(user, { sessionId: 's-1' }, at, 5 * MINUTE)).toEqual({
    type: 'user.access_revoked',
    user,
    sessionId: 's-1',
    at,
    expiredBy: new Date('2026-03-02T12:05:00Z'),
  });
});
