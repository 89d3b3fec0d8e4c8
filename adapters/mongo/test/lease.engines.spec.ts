import { describe, expect, it } from 'vitest';
import { until } from '#test/kit/conditions.ts';
import { tryLease } from '../lease.ts';
import { thingsForEachTest } from './things.rig.ts';

const things = thingsForEachTest();

describe('the lease of the relay', () => {
  const LONG = 60_000;
  const take = (ttlMs = LONG, renewEveryMs = LONG) =>
    tryLease(things.database.locks(), 'relay', { ttlMs, renewEveryMs });

  it('has one holder at a time, until it is released', async () => {
    const both = await Promise.all([take(), take()]);
    const [held, ...others] = both.filter((lock) => lock !== undefined);
    expect([held?.isHeld(), others]).toEqual([true, []]);
    await held?.release();
    expect(held?.isHeld()).toBe(false);
    expect((await take())?.isHeld()).toBe(true);
  });

  it('expires when its holder dies', async () => {
    const dead = await take(1);
    await until(() => dead?.isHeld() === false);
    const next = await take();
    expect(next?.isHeld()).toBe(true);
    await dead?.release();
    expect(await take()).toBeUndefined();
  });

  it('is renewed by a living holder, and lost by one that another has replaced', async () => {
    const lock = await take(LONG, 5);
    const end = async (): Promise<number> =>
      (await things.database.locks().get('relay'))?.until.getTime() ?? 0;
    const first = await end();
    await until(async () => (await end()) > first);
    expect(lock?.isHeld()).toBe(true);
    await things.database.locks().remove({ _id: 'relay' });
    await until(() => lock?.isHeld() === false);
  });
});
