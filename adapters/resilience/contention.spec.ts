import { beforeEach, describe, expect, it } from 'vitest';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { retryOnConflict, type Tries } from './contention.ts';

const CONFLICT = new VersionConflict('cart');
let pauses: number[];
let tries: Tries;

/** Fails `times` times with `error`, then returns how often it was run. */
const failing = (times: number, error: Error) => {
  let runs = 0;
  return () => {
    runs += 1;
    return runs > times ? Promise.resolve(runs) : Promise.reject(error);
  };
};

beforeEach(() => {
  pauses = [];
  const draws = [0.5, 0, 0.999, 0.25, 1];
  tries = {
    tries: 6,
    firstMs: 10,
    lastMs: 50,
    random: () => draws.shift() ?? 0,
    pause: (ms) => Promise.resolve(pauses.push(ms)),
  };
});

describe('work that loses a race', () => {
  it('is repeated until it wins', async () => {
    expect(await retryOnConflict(failing(2, CONFLICT), tries)).toBe(3);
  });

  it('pauses before a retry, randomly up to a limit that doubles', async () => {
    await retryOnConflict(failing(5, CONFLICT), tries);
    expect(pauses).toEqual([5, 0, 0.999 * 40, 0.25 * 50, 50]);
  });

  it('is given up after the maximum number of tries', async () => {
    await expect(retryOnConflict(failing(6, CONFLICT), tries)).rejects.toBe(CONFLICT);
    expect(pauses).toHaveLength(5);
  });

  it('is not repeated after any other failure', async () => {
    const bug = new Error('broken');
    await expect(retryOnConflict(failing(1, bug), tries)).rejects.toBe(bug);
    expect(pauses).toEqual([]);
  });
});
