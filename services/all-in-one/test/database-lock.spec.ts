import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockDatabase } from '../main/database-lock.ts';

describe('the lock on a database', () => {
  /** The connection that holds the lock. */
  let holder: object | undefined;
  let isReachable: boolean;
  const taken = vi.fn();
  const database = {
    tryLock: () => {
      if (!isReachable) return Promise.reject(new Error('no connection'));
      if (holder) return Promise.resolve(undefined);
      const mine = (holder = {});
      return Promise.resolve({ isHeld: () => holder === mine, release: () => Promise.resolve() });
    },
  };

  beforeEach(() => {
    vi.useFakeTimers();
    [holder, isReachable] = [undefined, true];
    taken.mockClear();
  });
  afterEach(() => vi.useRealTimers());

  it('is refused while another shop has it', async () => {
    holder = {};
    const refused = expect(lockDatabase(database, taken)).rejects.toThrow('another shop is running');
    await vi.advanceTimersByTimeAsync(5_000);
    await refused;
  });

  it('is waited for while the lock of a killed shop lasts', async () => {
    holder = {};
    const locked = lockDatabase(database, taken);
    await vi.advanceTimersByTimeAsync(1_000);
    holder = undefined;
    await vi.advanceTimersByTimeAsync(100);
    (await locked)();
    expect(holder).toBeDefined();
  });

  it('is taken again after its connection was lost, as soon as the database is reachable', async () => {
    const end = await lockDatabase(database, taken);
    [holder, isReachable] = [undefined, false];
    await vi.advanceTimersByTimeAsync(10_000);
    isReachable = true;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(holder).toBeDefined();
    expect(taken).not.toHaveBeenCalled();
    end();
  });

  it('ends the shop when another has taken it meanwhile', async () => {
    await lockDatabase(database, taken);
    holder = {};
    await vi.advanceTimersByTimeAsync(7_000);
    expect(taken).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
