import { describe, expect, it } from 'vitest';
import { choose, keysBetween } from './selection.ts';

const KEYS = ['a', 'b', 'c', 'd'];

describe('a selection of rows', () => {
  it('grows and shrinks, and leaves the one before as it was', () => {
    const before = new Set(['a']);
    expect([...choose(before, ['b', 'a'], true)]).toEqual(['a', 'b']);
    expect([...choose(new Set(['a', 'b', 'c']), ['a', 'c'], false)]).toEqual(['b']);
    expect([...before]).toEqual(['a']);
  });

  it.each([
    ['a', 'c', ['a', 'b', 'c']],
    ['c', 'b', ['b', 'c']],
    ['b', 'b', ['b']],
    [undefined, 'c', ['c']],
    ['gone', 'c', ['c']],
  ] as const)('from %s to %s is %j', (from, to, between) => {
    expect(keysBetween(KEYS, from, to)).toEqual(between);
  });
});
