import { beforeEach, describe, expect, it } from '@jest/globals';
import { ResponseCache, type CachedAnswer } from '../response-cache.ts';

const answer = (text: string, status = 200): CachedAnswer => ({
  status,
  headers: {},
  body: Buffer.from(text),
});

describe('the cache of answers', () => {
  let now: number;
  let cache: ResponseCache;
  let made: number;
  const make = (text: string, status?: number) => (): Promise<CachedAnswer> => {
    made += 1;
    return Promise.resolve(answer(text, status));
  };
  /** What is given for `key`, and made for it if there is nothing. */
  const ask = async (
    text: string,
    tags: readonly string[] = ['products'],
    key = '/products',
  ): Promise<string> => (cache.get(key) ?? (await cache.getOrMake(key, tags, make(text)))).body.toString();

  beforeEach(() => {
    now = 1_000;
    made = 0;
    cache = new ResponseCache({ maxBytes: 10_000, ttlMs: 30_000, now: () => now });
  });

  it('gives an answer again', async () => {
    expect([await ask('old'), await ask('new')]).toEqual(['old', 'old']);
    expect(await ask('other', ['products'], '/other')).toBe('other');
  });

  it('keeps it for its time only', async () => {
    await ask('old');
    now += 30_000;
    expect(await ask('old')).toBe('old');
    now += 1;
    expect(await ask('new')).toBe('new');
  });

  it('gives no answer again of which a tag has been made stale', async () => {
    await ask('old', ['products', 'product:1']);
    cache.invalidate('product:2');
    expect(await ask('new', ['products', 'product:1'])).toBe('old');
    cache.invalidate('product:1');
    expect(await ask('new', ['products', 'product:1'])).toBe('new');
    expect(await ask('newer', ['products', 'product:1'])).toBe('new');
  });

  it('does not keep an answer that was begun before its tag was made stale', async () => {
    const begun = Promise.withResolvers<CachedAnswer>();
    const first = cache.getOrMake('/products', ['products'], () => begun.promise);
    cache.invalidate('products');
    begun.resolve(answer('old'));
    expect((await first).body.toString()).toBe('old');
    expect(cache.get('/products')).toBeUndefined();
    expect(await ask('new')).toBe('new');
  });

  it('lets those who ask at once share one answer', async () => {
    const begun = Promise.withResolvers<CachedAnswer>();
    const makeSlowly = (): Promise<CachedAnswer> => {
      made += 1;
      return begun.promise;
    };
    const asked = [1, 2, 3].map(() => cache.getOrMake('/products', ['products'], makeSlowly));
    begun.resolve(answer('one'));
    expect((await Promise.all(asked)).map(({ body }) => body.toString())).toEqual(['one', 'one', 'one']);
    expect(made).toBe(1);
  });

  it('lets nobody who asks after a change share an answer that was begun before it', async () => {
    const old = Promise.withResolvers<CachedAnswer>();
    const first = cache.getOrMake('/products', ['products'], () => old.promise);
    cache.invalidate('products');
    const second = cache.getOrMake('/products', ['products'], make('new'));
    expect((await second).body.toString()).toBe('new');
    old.resolve(answer('old'));
    await first;
    expect(cache.get('/products')?.body.toString()).toBe('new');
  });

  it.each([404, 500, 304])('keeps no answer of %i', async (status) => {
    await cache.getOrMake('/products', [], make('no', status));
    expect(cache.get('/products')).toBeUndefined();
  });

  it('keeps nothing of what failed, and all who waited are told', async () => {
    const failing = (): Promise<CachedAnswer> => Promise.reject(new Error('down'));
    const asked = [1, 2].map(() => cache.getOrMake('/products', [], failing));
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask('up')).toBe('up');
  });

  it('lets go of what was not asked for longest when it is full', async () => {
    for (const key of ['/1', '/2', '/3', '/1', '/4']) await ask('x'.repeat(2_500), [], key);
    expect(['/1', '/2', '/3', '/4'].map((key) => cache.get(key) !== undefined)).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });
});
