import { describe, expect, it } from 'vitest';
import { after, MINUTE, SECOND } from '#kernel/clock.ts';
import { countAttempt, countStranger, forgive, GUESS_LIMITS, noAttempts } from './attempts.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const of = (count: number) => ({ count, since: NOW });
const exhausted = of(10);

describe('attempts', () => {
  it('are counted from the first', () => {
    expect(countAttempt(noAttempts(NOW), after(NOW, MINUTE), 10)).toEqual({ ok: true, value: of(1) });
  });

  it('are refused at the limit, for the rest of the 15 minutes', () => {
    expect(countAttempt(of(9), NOW, 10)).toEqual({ ok: true, value: exhausted });
    expect(countAttempt(exhausted, after(NOW, 14 * MINUTE + 500), 10)).toMatchObject({
      error: { code: 'TOO_MANY_ATTEMPTS', retryAfterS: 60 },
    });
    expect(countAttempt(exhausted, after(NOW, 15 * MINUTE - SECOND), 10)).toMatchObject({
      error: { retryAfterS: 1 },
    });
  });

  it('restart after 15 minutes', () => {
    const later = after(NOW, 15 * MINUTE);
    expect(countAttempt(exhausted, later, 10)).toEqual({ ok: true, value: { count: 1, since: later } });
  });

  it('are fewer by those that succeeded', () => {
    expect(forgive(of(2), 1)).toEqual(of(1));
    expect(forgive(of(1), 2)).toEqual(of(0));
  });
});

describe('a guess from an unknown place', () => {
  const count = (place: number, network: number, account: number) =>
    countStranger({ place: of(place), network: of(network), account: of(account) }, NOW, GUESS_LIMITS);
  const refused = { error: { code: 'TOO_MANY_ATTEMPTS' } };

  it('counts for the place, the network and the account', () => {
    expect(count(1, 2, 3)).toEqual({ ok: true, value: { place: of(2), network: of(3), account: of(4) } });
  });

  it('is refused after ten from the place', () => {
    expect(count(9, 9, 9)).toMatchObject({ ok: true });
    expect(count(10, 10, 10)).toMatchObject(refused);
  });

  it('is refused after a hundred from its network, whatever the accounts: spraying', () => {
    expect(count(0, 99, 0)).toMatchObject({ ok: true });
    expect(count(0, 100, 0)).toMatchObject(refused);
  });

  it('is one of three if many networks try one account, and never refused because of others alone', () => {
    expect(count(0, 0, 30)).toMatchObject({ ok: true });
    expect(count(2, 2, 30)).toMatchObject({ ok: true });
    expect(count(3, 3, 29)).toMatchObject({ ok: true });
    expect(count(3, 3, 30)).toMatchObject(refused);
    expect(count(0, 0, 1_000_000)).toMatchObject({ ok: true });
  });
});
