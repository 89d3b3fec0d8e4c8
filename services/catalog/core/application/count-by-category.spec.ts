import { describe, expect, it } from 'vitest';
import { makeCountByCategory } from './count-by-category.ts';

describe('counts of products by category', () => {
  /** Each count takes `tookMs`, and finds one product more than the last. */
  const open = (tookMs: number) => {
    let [ms, products] = [0, 0];
    const count = makeCountByCategory(
      {
        countByCategory: async () => {
          await Promise.resolve();
          ms += tookMs;
          return new Map([['c', (products += 1)]]);
        },
      },
      { now: () => new Date(ms) },
    );
    return {
      count: async () => (await count()).get('c'),
      wait: (forMs: number) => {
        ms += forMs;
      },
    };
  };

  it('are current where counting is quick', async () => {
    const { count } = open(10);
    expect([await count(), await count()]).toEqual([1, 2]);
  });

  it('are kept for twenty times as long as they took', async () => {
    const { count, wait } = open(100);
    expect(await count()).toBe(1);
    wait(1_999);
    expect(await count()).toBe(1);
    wait(1);
    expect(await count()).toBe(2);
  });

  it('are counted once for calls at the same time', async () => {
    const { count } = open(10);
    expect(await Promise.all([count(), count()])).toEqual([1, 1]);
  });

  it('are counted again after a failure', async () => {
    let isBroken = true;
    const count = makeCountByCategory(
      {
        countByCategory: () => (isBroken ? Promise.reject(new Error('broken')) : Promise.resolve(new Map())),
      },
      { now: () => new Date(0) },
    );
    await expect(count()).rejects.toThrow('broken');
    isBroken = false;
    expect(await count()).toEqual(new Map());
  });
});
