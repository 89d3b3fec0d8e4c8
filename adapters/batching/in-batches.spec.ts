import { describe, expect, it } from 'vitest';
import { currentAct, runInAct } from '../context/act.ts';
import { inBatches } from './in-batches.ts';

const doubling = () => {
  const batches: number[][] = [];
  const call = inBatches(
    (items: readonly number[]) => {
      batches.push([...items]);
      return Promise.resolve(items.map((item) => item * 2));
    },
    (item) => String(item),
  );
  return { batches, call };
};

describe('inBatches', () => {
  it('sends the calls of one turn together and returns each its own result', async () => {
    const { batches, call } = doubling();
    expect(await Promise.all([call(1), call(2), call(3)])).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('does not belong to the act of the first caller', async () => {
    const acts: unknown[] = [];
    const call = inBatches(
      (items: readonly number[]) => {
        acts.push(currentAct());
        return Promise.resolve(items);
      },
      (item) => String(item),
    );
    const act = { operation: 'refundOrder', category: 'money', actorId: 'kim', reason: undefined };
    await Promise.all([runInAct(act, () => call(1)), call(2)]);
    expect(acts).toEqual([undefined]);
  });

  it('keeps items of one key apart', async () => {
    const { batches, call } = doubling();
    expect(await Promise.all([call(1), call(1), call(2)])).toEqual([2, 2, 4]);
    expect(batches).toEqual([[1, 2], [1]]);
  });

  it('begins a new batch once the previous one is sent', async () => {
    const { batches, call } = doubling();
    await call(1);
    await call(2);
    expect(batches).toEqual([[1], [2]]);
  });

  it('fails every call of a failed batch, and none of the next', async () => {
    let calls = 0;
    const call = inBatches(
      (items: readonly string[]) => {
        calls += 1;
        return calls === 1 ? Promise.reject(new Error('away')) : Promise.resolve(items);
      },
      (item) => item,
    );
    expect(await Promise.allSettled([call('a'), call('b')])).toMatchObject([
      { status: 'rejected' },
      { status: 'rejected' },
    ]);
    expect(await call('a')).toBe('a');
  });

  it('fails if a batch returns no result for an item', async () => {
    const call = inBatches(
      () => Promise.resolve([]),
      (item: string) => item,
    );
    await expect(call('a')).rejects.toThrow('one result per item');
  });
});
