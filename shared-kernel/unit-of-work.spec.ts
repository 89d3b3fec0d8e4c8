import { describe, expect, it } from '@jest/globals';
import { retryOnConflict, VersionConflict } from './unit-of-work.ts';

/** Fails `times` times with `error`, then answers how often it was asked. */
const failing = (times: number, error: Error) => {
  let calls = 0;
  return () => {
    calls += 1;
    return calls > times ? Promise.resolve(calls) : Promise.reject(error);
  };
};

describe('retrying on conflict', () => {
  it('starts again until nobody else was faster', async () => {
    expect(await retryOnConflict(failing(2, new VersionConflict('cart')))).toBe(3);
  });

  it('gives up after five attempts, unless told otherwise', async () => {
    const conflict = new VersionConflict('cart');
    expect(await retryOnConflict(failing(4, conflict))).toBe(5);
    await expect(retryOnConflict(failing(5, conflict))).rejects.toBe(conflict);
    await expect(retryOnConflict(failing(1, conflict), 1)).rejects.toBe(conflict);
  });

  it('does not repeat what is broken', async () => {
    const bug = new Error('broken');
    await expect(retryOnConflict(failing(1, bug))).rejects.toBe(bug);
  });
});
