import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { queriesOf, Refresh, sumsOf } from './live.ts';

describe('what has changed', () => {
  it('is read again where it is shown: in lists, and by itself', () => {
    const keys = queriesOf([{ kind: 'order', ids: ['1'] }]);
    expect(keys).toContainEqual(['orders', 'list']);
    expect(keys).toContainEqual(['orders', 'one', '1']);
    expect(keys).not.toContainEqual(['orders', 'one']);
  });

  it('is read again as a whole if it is too much to name', () => {
    expect(queriesOf([{ kind: 'order' }])).toContainEqual(['orders', 'one']);
  });

  it('of a return is read again in its list and in its order', () => {
    expect(queriesOf([{ kind: 'return', ids: ['1'] }])).toContainEqual(['orders', 'returns']);
  });

  it('in orders only is read again in sums', () => {
    expect(sumsOf([{ kind: 'stock' }])).toEqual([]);
    expect(sumsOf([{ kind: 'stock' }, { kind: 'order', ids: ['1'] }])).toEqual([['orders', 'figures']]);
  });

  it('of a kind that this page does not know is ignored', () => {
    expect(queriesOf([{ kind: 'news', ids: ['1'] }])).toEqual([]);
  });
});

describe('reading again', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('happens at once, and then once in two seconds, however much changes', () => {
    const read: unknown[] = [];
    const refresh = new Refresh({
      invalidateQueries: (filters) => {
        read.push(filters?.queryKey);
        return Promise.resolve();
      },
    });
    for (let time = 0; time < 500; time += 1) refresh.add([['orders', 'list']]);
    expect(read).toHaveLength(1);
    vi.advanceTimersByTime(2_000);
    expect(read).toHaveLength(2);
    vi.advanceTimersByTime(10_000);
    expect(read).toHaveLength(2);
    refresh.add([['stock']]);
    expect(read).toHaveLength(3);
    refresh.stop();
  });
});
