import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeRateLimiter, type RateLimiter, type Verdict } from '../rate-limits.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the window of a rate limit', () => {
  let limit: RateLimiter;
  const ask = async (times: number): Promise<Verdict | undefined> => {
    let last: Verdict | undefined;
    for (let i = 0; i < times; i += 1) last = await limit('read', 'ip:1');
    return last;
  };
  beforeEach(() => {
    limit = makeRateLimiter({ read: 3 });
  });

  it('continues while it refuses', async () => {
    expect((await ask(3))?.headers).toMatchObject({ 'RateLimit-Reset': '60' });
    vi.advanceTimersByTime(15_000);
    expect(await ask(2)).toMatchObject({
      isAllowed: false,
      headers: { 'RateLimit-Reset': '45', 'Retry-After': '45' },
    });
  });

  it('starts again after a minute', async () => {
    expect((await ask(4))?.isAllowed).toBe(false);
    vi.advanceTimersByTime(60_001);
    expect((await ask(1))?.isAllowed).toBe(true);
  });
});
