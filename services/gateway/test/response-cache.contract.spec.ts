import { beforeEach, describe, expect, it } from 'vitest';
import { makeLogger } from '#adapters/observability/logger.ts';
import { connectRedis, emptyRedis } from '#test/kit/redis.ts';
import { MemoryResponseCache } from '../response-cache.memory.ts';
import { RedisResponseCache } from '../response-cache.redis.ts';
import type { CachedAnswer, ResponseCache } from '../response-cache.ts';

const PREFIX = 'gateway-cache-test';

const CACHES: Readonly<Record<string, () => Promise<ResponseCache>>> = {
  memory: () => Promise.resolve(new MemoryResponseCache({ maxBytes: 10_000, ttlMs: 30_000 })),
  redis: async () => {
    const connection = connectRedis();
    await emptyRedis(connection, PREFIX);
    const logger = makeLogger({ service: 'test', level: 'silent' });
    return new RedisResponseCache({ connection, ttlMs: 30_000, logger, prefix: PREFIX });
  },
};

const answer = (text: string, status = 200): CachedAnswer => ({
  status,
  headers: { 'x-text': text },
  body: Buffer.from(text),
});

describe.each(process.env['SHOP_TEST'] === 'engines' ? ['redis'] : ['memory'])(
  'the response cache in %s',
  (name) => {
    let cache: ResponseCache;
    let made: number;
    const make = (text: string, status?: number) => (): Promise<CachedAnswer> => {
      made += 1;
      return Promise.resolve(answer(text, status));
    };
    /** The response for `key`; fetched as `text` if there is none. */
    const ask = async (
      text: string,
      tags: readonly string[] = ['products'],
      key = '/products',
    ): Promise<string> => (await cache.getOrMake(key, tags, make(text))).answer.body.toString();

    beforeEach(async () => {
      made = 0;
      const open = CACHES[name];
      if (!open) throw new Error(`no cache in ${name}`);
      cache = await open();
    });

    it('returns a stored response, marked as such', async () => {
      expect([await ask('old'), await ask('new')]).toEqual(['old', 'old']);
      expect(await ask('other', ['products'], '/other')).toBe('other');
      expect(await cache.getOrMake('/products', ['products'], make('new'))).toEqual({
        answer: answer('old'),
        isKept: true,
      });
    });

    it('stores any bytes', async () => {
      const bytes = { ...answer('x'), body: Buffer.from([0, 255, 128, 10]) };
      await cache.getOrMake('/bytes', [], () => Promise.resolve(bytes));
      expect((await cache.getOrMake('/bytes', [], make('new'))).answer).toEqual(bytes);
    });

    it('does not return a response after one of its tags was invalidated', async () => {
      await ask('old', ['products', 'product:1']);
      await cache.invalidate(['product:2']);
      expect(await ask('new', ['products', 'product:1'])).toBe('old');
      await cache.invalidate(['product:1', 'product:3']);
      expect(await ask('new', ['products', 'product:1'])).toBe('new');
      expect(await ask('newer', ['products', 'product:1'])).toBe('new');
    });

    /** Begins to fetch a response for `key`; resolves when fetching has begun. */
    const begin = async (tags: readonly string[] = ['products'], key = '/products') => {
      const [begun, ended] = [Promise.withResolvers<undefined>(), Promise.withResolvers<CachedAnswer>()];
      const given = cache.getOrMake(key, tags, () => {
        begun.resolve(undefined);
        return ended.promise;
      });
      await begun.promise;
      return { given, end: ended.resolve };
    };

    it('does not store a response that was begun before its tag was invalidated', async () => {
      const first = await begin();
      await cache.invalidate(['products']);
      first.end(answer('old'));
      expect((await first.given).answer.body.toString()).toBe('old');
      expect(await ask('new')).toBe('new');
    });

    it('lets concurrent requests share a response', async () => {
      const first = await begin();
      const others = [ask('second'), ask('third')];
      first.end(answer('one'));
      expect((await first.given).answer.body.toString()).toBe('one');
      expect(await Promise.all(others)).toEqual(['one', 'one']);
      expect(made).toBe(0);
    });

    it('never shares a response that was begun before an invalidation with later requests', async () => {
      const first = await begin();
      await cache.invalidate(['products']);
      expect(await ask('new')).toBe('new');
      first.end(answer('old'));
      await first.given;
      expect(await ask('newer')).toBe('new');
    });

    it.each([404, 500, 304])('does not store a %i', async (status) => {
      await cache.getOrMake('/products', [], make('no', status));
      expect(await ask('yes', [])).toBe('yes');
    });

    it('does not store a failure, and rejects for all that waited', async () => {
      const failing = (): Promise<CachedAnswer> => Promise.reject(new Error('down'));
      const asked = [1, 2].map(() => cache.getOrMake('/products', [], failing));
      expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(await ask('up', [])).toBe('up');
    });
  },
);
