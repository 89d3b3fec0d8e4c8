import { beforeEach, describe, expect, it } from 'vitest';
import { connectRedis, emptyRedis } from '#test/kit/redis.ts';
import { countInRedis } from '../rate-limits.redis.ts';
import {
  countInMemory,
  makeRateLimiter,
  type RateLimiter,
  type RateLimits,
  type Verdict,
} from '../rate-limits.ts';

const PREFIX = 'gateway-limits-test';

const OPENERS: Readonly<Record<string, (limits: RateLimits) => Promise<RateLimiter>>> = {
  memory: (limits) => Promise.resolve(makeRateLimiter(limits, countInMemory)),
  redis: async (limits) => {
    const connection = connectRedis();
    await emptyRedis(connection, PREFIX);
    return makeRateLimiter(limits, countInRedis(connection, PREFIX));
  },
};

describe.each(process.env['SHOP_TEST'] === 'engines' ? ['redis'] : ['memory'])(
  'rate limits in %s',
  (name) => {
    let limit: RateLimiter;
    const open = async (limits: RateLimits): Promise<RateLimiter> => {
      const opened = await OPENERS[name]?.(limits);
      if (!opened) throw new Error(`no limits in ${name}`);
      return opened;
    };
    const ask = async (times: number, rateClass = 'read', client = 'ip:1'): Promise<Verdict | undefined> => {
      let last: Verdict | undefined;
      for (let i = 0; i < times; i += 1) last = await limit(rateClass, client);
      return last;
    };
    beforeEach(async () => {
      limit = await open({ read: 3, write: 2 });
    });

    it('return the remaining number of requests', async () => {
      const verdict = await ask(2);
      expect(verdict).toEqual({
        isAllowed: true,
        headers: {
          'RateLimit-Policy': '3;w=60',
          'RateLimit-Limit': '3',
          'RateLimit-Remaining': '1',
          'RateLimit-Reset': verdict?.headers['RateLimit-Reset'],
        },
      });
      expect(Number(verdict?.headers['RateLimit-Reset'])).toBeGreaterThan(0);
      expect(Number(verdict?.headers['RateLimit-Reset'])).toBeLessThanOrEqual(60);
    });

    it('refuse requests over the limit, and return when to retry', async () => {
      expect((await ask(3))?.isAllowed).toBe(true);
      const verdict = await ask(1);
      expect(verdict).toMatchObject({ isAllowed: false, headers: { 'RateLimit-Remaining': '0' } });
      expect(verdict?.headers['Retry-After']).toBe(verdict?.headers['RateLimit-Reset']);
    });

    it('are separate per client and class', async () => {
      await ask(4);
      expect((await ask(1, 'read', 'ip:2'))?.isAllowed).toBe(true);
      expect((await ask(1, 'write'))?.isAllowed).toBe(true);
    });

    it('of a class without a limit are those of `write`', async () => {
      expect((await ask(2, 'unheard of'))?.headers).toMatchObject({ 'RateLimit-Limit': '2' });
      expect((await ask(1, 'write'))?.isAllowed).toBe(false);
    });

    it('are off if none are set', async () => {
      limit = await open({});
      expect(await ask(1_000)).toEqual({ isAllowed: true, headers: {} });
    });
  },
);
