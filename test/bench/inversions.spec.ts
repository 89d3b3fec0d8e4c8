import { describe, expect, it } from 'vitest';
import { inversionsIn } from './inversions.ts';

const met = (...names: readonly string[]) =>
  names.map((name) => ({ key: name.slice(0, 1), version: Number(name.slice(1)) }));

describe('inversions', () => {
  it('do not exist if each key is in order, however the keys mix', () => {
    expect(inversionsIn(met('a1', 'b1', 'b2', 'a2', 'b3', 'a3'))).toBe(0);
  });

  it('are events behind a later one of their own key', () => {
    expect(inversionsIn(met('a1', 'a3', 'a2', 'b2', 'b1'))).toBe(2);
  });

  it('are compared by number', () => {
    expect(inversionsIn(met('a9', 'a10', 'a11'))).toBe(0);
  });

  it('do not include repeated events', () => {
    expect(inversionsIn(met('a1', 'a2', 'a1', 'a2', 'a3'))).toBe(0);
  });

  it('do not include gaps', () => {
    expect(inversionsIn(met('a1', 'a5'))).toBe(0);
  });
});
