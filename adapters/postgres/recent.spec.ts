import { describe, expect, it, vi } from 'vitest';
import { ManualClock } from '#kernel/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { Recent, type Kind } from './recent.ts';

const GOODS: Kind<{ readonly version: number; readonly name: string }> = { kind: 'goods' };
const CUP = { version: 1, name: 'cup' };
const MUG = { version: 2, name: 'mug' };

const open = () => {
  const recent = new Recent(new ManualClock(new Date()));
  const reads: string[] = [];
  /** Reads `stored` records, at the moment when `finish` is called. */
  const read = (stored: typeof CUP, finish: Promise<void> = Promise.resolve()) =>
    recent.through(GOODS, ['a'], async (ids) => {
      reads.push(...ids);
      await finish;
      return new Map([['a', stored]]);
    });
  return { recent, reads, read };
};

describe('the memory of the only writer', () => {
  it('reads a record once', async () => {
    const { reads, read } = open();
    expect([(await read(CUP)).get('a'), (await read(MUG)).get('a'), reads]).toEqual([CUP, CUP, ['a']]);
  });

  it('has what was committed', () => {
    const { recent } = open();
    recent.change(GOODS, new Map([['a', CUP]]))('committed');
    expect([recent.get(GOODS, 'a'), recent.get({ kind: 'others' }, 'a')]).toEqual([CUP, undefined]);
  });

  it('has the newer version, whichever is acknowledged first', () => {
    const { recent } = open();
    const older = recent.change(GOODS, new Map([['a', CUP]]));
    recent.change(GOODS, new Map([['a', MUG]]))('committed');
    older('committed');
    expect(recent.get(GOODS, 'a')).toBe(MUG);
  });

  it('forgets a record whose change failed', async () => {
    const { recent, read } = open();
    await read(CUP);
    recent.change(GOODS, new Map([['a', MUG]]))('rolled back');
    expect(recent.get(GOODS, 'a')).toBeUndefined();
  });

  it('does not keep a read that began before a change was acknowledged', async () => {
    const { recent, read } = open();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const reading = read(CUP, promise);
    recent.change(GOODS, new Map([['a', MUG]]))('rolled back');
    resolve(undefined);
    await reading;
    expect(recent.get(GOODS, 'a')).toBeUndefined();
  });

  it('does not keep a read while a change is in flight', async () => {
    const { recent, read } = open();
    recent.change(GOODS, new Map([['a', MUG]]));
    await read(CUP);
    expect(recent.get(GOODS, 'a')).toBeUndefined();
  });

  it('does not keep a read for a minute after a commit with an unknown outcome', async () => {
    vi.useFakeTimers();
    try {
      const { recent, read } = open();
      recent.change(GOODS, new Map([['a', MUG]]))('unknown');
      await read(CUP);
      expect(recent.get(GOODS, 'a')).toBeUndefined();
      vi.advanceTimersByTime(60_000);
      await read(CUP);
      expect(recent.get(GOODS, 'a')).toBe(CUP);
    } finally {
      vi.useRealTimers();
    }
  });

  it('forgets everything when it is not known what changes', async () => {
    const { recent, read } = open();
    await read(CUP);
    const settle = recent.changeAll();
    await read(MUG);
    settle('committed');
    expect(recent.get(GOODS, 'a')).toBeUndefined();
    await read(MUG);
    expect(recent.get(GOODS, 'a')).toBe(MUG);
  });

  it('does not keep a read that began before such a change ended', async () => {
    const { recent, read } = open();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const settle = recent.changeAll();
    const reading = read(CUP, promise);
    settle('committed');
    resolve(undefined);
    await reading;
    expect(recent.get(GOODS, 'a')).toBeUndefined();
  });

  it('takes an unknown record for new if its id is younger than the process', () => {
    const { recent } = open();
    const young = systemIds.next();
    const isNew = (id: string): boolean => recent.isProbablyNew(GOODS, id);
    expect(isNew(young)).toBe(true);
    expect(isNew('01900000-0000-7000-8000-000000000001')).toBe(false);
    expect(isNew('f47ac10b-58cc-4372-a567-0e02b2c3d479')).toBe(false);
    recent.change(GOODS, new Map([[young, CUP]]))('committed');
    expect(isNew(young)).toBe(false);
  });
});
