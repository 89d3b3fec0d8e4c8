import { describe, expect, it } from 'vitest';
import { inParallel, summarize } from './load.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('a summary of latencies', () => {
  it('has the percentiles, whatever order they came in', () => {
    expect(summarize(upTo(1_000).reverse(), 1)).toMatchObject({ p50Ms: 501, p95Ms: 951, p99Ms: 991 });
  });

  it('sorts by number, not by text', () => {
    expect(summarize([9, 100, 20], 1)).toMatchObject({ p50Ms: 20, p99Ms: 100 });
  });

  it('counts successful requests per second', () => {
    expect(summarize([5, 5, 5, 5], 2)).toMatchObject({ count: 4, perSecond: 2 });
  });

  it('is the only latency if there is one, and 0 if there is none', () => {
    expect(summarize([7], 1)).toMatchObject({ p50Ms: 7, p95Ms: 7, p99Ms: 7 });
    expect(summarize([], 1)).toMatchObject({ count: 0, p50Ms: 0, p99Ms: 0 });
  });
});

describe('work in parallel', () => {
  it('does each item once with limited concurrency, and returns the results in order', async () => {
    let running = 0;
    let most = 0;
    const doubled = await inParallel(3, upTo(10), async (number) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return number * 2;
    });
    expect(doubled).toEqual(upTo(10).map((number) => number * 2));
    expect(most).toBe(3);
  });

  it('fails with the first failure', async () => {
    await expect(inParallel(2, [1, 2], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
