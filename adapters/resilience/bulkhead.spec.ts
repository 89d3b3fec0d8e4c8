import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeBulkhead, Overloaded, type Bulkhead } from './bulkhead.ts';

const WAIT_MS = 1_000;
let bulkhead: Bulkhead;
let begun: string[];
let end: Map<string, () => void>;

const enter = (name: string, signal?: AbortSignal): Promise<string> =>
  bulkhead.run(() => {
    begun.push(name);
    return new Promise((resolve) => end.set(name, () => resolve(name)));
  }, signal);
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const finish = async (name: string): Promise<void> => {
  end.get(name)?.();
  await pass(0);
};

beforeEach(() => {
  vi.useFakeTimers();
  bulkhead = makeBulkhead({ name: 'the till', atOnce: 2, queue: 2, waitMs: WAIT_MS });
  begun = [];
  end = new Map();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a bulkhead', () => {
  it('admits calls up to a limit, queues some in order, and refuses the rest at once', async () => {
    const inside = ['a', 'b', 'c', 'd'].map((name) => enter(name));
    await expect(enter('e')).rejects.toThrow(Overloaded);
    expect(begun).toEqual(['a', 'b']);
    await finish('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    for (const name of ['a', 'c', 'd']) await finish(name);
    expect(await Promise.all(inside)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('frees a slot when a call ends, even in failure', async () => {
    const failing = bulkhead.run(() => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    const inside = ['a', 'b', 'c', 'd'].map((name) => enter(name));
    await expect(enter('e')).rejects.toThrow(Overloaded);
    for (const name of ['a', 'b', 'c', 'd']) await finish(name);
    await Promise.all(inside);
    void enter('f');
    void enter('g');
    await pass(0);
    expect(begun.slice(4)).toEqual(['f', 'g']);
  });

  it('refuses a call that has waited too long', async () => {
    void enter('a');
    void enter('b');
    const late = expect(enter('c')).rejects.toThrow(Overloaded);
    await pass(WAIT_MS);
    await late;
    await finish('a');
    expect(begun).toEqual(['a', 'b']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives the places of cancelled calls to others', async () => {
    const gone = new AbortController();
    void enter('a');
    void enter('b');
    const given = expect(enter('c', gone.signal)).rejects.toThrow();
    const last = enter('d');
    gone.abort();
    await given;
    await finish('a');
    expect(begun).toEqual(['a', 'b', 'd']);
    await finish('d');
    expect(await last).toBe('d');
    await expect(enter('e', gone.signal)).rejects.toThrow();
    expect(begun).toEqual(['a', 'b', 'd']);
  });
});
