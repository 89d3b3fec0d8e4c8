import { describe, expect, it } from 'vitest';
import { pressed, type Keys } from './keys.ts';

const nothing = (): void => undefined;
const KEYS: Keys = { '?': nothing, 'g o': nothing, o: nothing };

describe('pressed keys', () => {
  it('are found by their character', () => {
    expect(pressed(KEYS, undefined, { key: '?', at: 0 })).toBe('?');
  });

  it('are a sequence within a second, which precedes the character alone', () => {
    expect(pressed(KEYS, { key: 'g', at: 0 }, { key: 'o', at: 900 })).toBe('g o');
    expect(pressed(KEYS, { key: 'g', at: 0 }, { key: 'o', at: 1_000 })).toBe('o');
  });

  it('are nothing otherwise', () => {
    expect(pressed(KEYS, undefined, { key: 'x', at: 0 })).toBeUndefined();
  });
});
