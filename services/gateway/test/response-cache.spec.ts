import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryResponseCache } from '../response-cache.memory.ts';

describe('the response cache in memory', () => {
  let now: number;
  let cache: MemoryResponseCache;
  const ask = async (key: string, text: string, tags: readonly string[] = []): Promise<string> => {
    const make = () => Promise.resolve({ status: 200, headers: {}, body: Buffer.from(text) });
    return (await cache.getOrMake(key, tags, make)).answer.body.toString();
  };

  beforeEach(() => {
    now = 1_000;
    cache = new MemoryResponseCache({ maxBytes: 10_000, ttlMs: 30_000, now: () => now });
  });

  it('drops a response when its time is over', async () => {
    await ask('/1', 'old');
    now += 30_000;
    expect(await ask('/1', 'new')).toBe('old');
    now += 1;
    expect(await ask('/1', 'new')).toBe('new');
  });

  it('returns nothing stale, however many invalidations follow', async () => {
    await ask('/1', 'old', ['product:1']);
    await cache.invalidate(['product:1']);
    await cache.invalidate(Array.from({ length: 20_000 }, (_, index) => `product:${index + 2}`));
    expect(await ask('/1', 'new', ['product:1'])).toBe('new');
    expect(await ask('/1', 'newer', ['product:1'])).toBe('new');
  });

  it('evicts the least recently used response when it is full', async () => {
    for (const key of ['/1', '/2', '/3', '/1', '/4']) await ask(key, 'o'.repeat(2_500));
    const kept: string[] = [];
    for (const key of ['/1', '/3', '/4']) if ((await ask(key, 'new')).startsWith('o')) kept.push(key);
    expect(kept).toEqual(['/1', '/3', '/4']);
    expect(await ask('/2', 'new')).toBe('new');
  });
});
