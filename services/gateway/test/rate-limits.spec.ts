import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeRateLimiter, type RateLimiter, type Verdict } from '../rate-limits.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('rate limits', () => {
  let limit: RateLimiter;
  const ask = async (times: number, rateClass = 'read', client = 'ip:1'): Promise<Verdict | undefined> => {
    let last: Verdict | undefined;
    for (let i = 0; i < times; i += 1) last = await limit(rateClass, client);
    return last;
  };
  beforeEach(() => {
    limit = makeRateLimiter({ read: 3, write: 2 });
  });

  it('tell what is left', async () => {
    expect(await ask(2)).toEqual({
      isAllowed: true,
      headers: {
        'RateLimit-Policy': '3;w=60',
        'RateLimit-Limit': '3',
        'RateLimit-Remaining': '1',
        'RateLimit-Reset': '60',
      },
    });
  });

  it('refuse what is too much, and tell when to come back', async () => {
    await ask(3);
    jest.advanceTimersByTime(15_000);
    expect(await ask(2)).toMatchObject({
      isAllowed: false,
      headers: { 'RateLimit-Remaining': '0', 'RateLimit-Reset': '45', 'Retry-After': '45' },
    });
  });

  it('begin anew after a minute', async () => {
    expect((await ask(4))?.isAllowed).toBe(false);
    jest.advanceTimersByTime(60_001);
    expect((await ask(1))?.isAllowed).toBe(true);
  });

  it('are of each client, and of each class', async () => {
    await ask(4);
    expect((await ask(1, 'read', 'ip:2'))?.isAllowed).toBe(true);
    expect((await ask(1, 'write'))?.isAllowed).toBe(true);
  });

  it('of a class that nobody set are those of writing', async () => {
    expect((await ask(2, 'unheard of'))?.headers).toMatchObject({ 'RateLimit-Limit': '2' });
    expect((await ask(1, 'write'))?.isAllowed).toBe(false);
  });

  it('are none where none are set', async () => {
    limit = makeRateLimiter({});
    expect(await ask(1_000)).toEqual({ isAllowed: true, headers: {} });
  });
});
