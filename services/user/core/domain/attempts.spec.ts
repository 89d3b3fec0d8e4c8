import { describe, expect, it } from '@jest/globals';
import { after, MINUTE, SECOND } from '#kernel/clock.ts';
import { countAttempt, MOST_ATTEMPTS, noAttempts } from './attempts.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const exhausted = { count: MOST_ATTEMPTS, since: NOW };

describe('attempts', () => {
  it('are counted from the first', () => {
    expect(countAttempt(noAttempts(NOW), after(NOW, MINUTE))).toEqual({
      ok: true,
      value: { count: 1, since: NOW },
    });
  });

  it('are refused once there were ten, and the rest of the 15 minutes is named', () => {
    expect(countAttempt({ ...exhausted, count: 9 }, NOW)).toEqual({ ok: true, value: exhausted });
    expect(countAttempt(exhausted, after(NOW, 14 * MINUTE + 500))).toMatchObject({
      error: { code: 'TOO_MANY_ATTEMPTS', retryAfterS: 60 },
    });
    expect(countAttempt(exhausted, after(NOW, 15 * MINUTE - SECOND))).toMatchObject({
      error: { retryAfterS: 1 },
    });
  });

  it('begin anew after 15 minutes', () => {
    const later = after(NOW, 15 * MINUTE);
    expect(countAttempt(exhausted, later)).toEqual({ ok: true, value: { count: 1, since: later } });
  });
});
