import { describe, expect, it } from 'vitest';
import { neighbourOf } from './neighbour.ts';

describe('the neighbour in a queue', () => {
  it.each([
    ['b', 1, 'c'],
    ['b', -1, 'a'],
    ['c', 1, 'c'],
    ['a', -1, 'a'],
    ['gone', 1, 'a'],
    [undefined, -1, 'a'],
  ] as const)('of %s by %d is %s', (id, step, neighbour) => {
    expect(neighbourOf(['a', 'b', 'c'], id, step)).toBe(neighbour);
  });

  it('of nothing is none', () => {
    expect(neighbourOf([], undefined, 1)).toBeUndefined();
  });
});
