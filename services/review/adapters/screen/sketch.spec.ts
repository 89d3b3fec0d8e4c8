import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { resemblance, sketchOf } from './sketch.ts';

const words = fc.array(fc.stringMatching(/^[a-z]{2,8}$/), { minLength: 8, maxLength: 200 });

describe('a sketch', () => {
  it('is the same for texts that differ in case, accents and punctuation', () => {
    expect(sketchOf('Très bien: it keeps me warm, all day long.')).toEqual(
      sketchOf('tres bien it keeps me WARM all day long'),
    );
  });

  it('is empty for short texts, and small for long ones', () => {
    expect(sketchOf('One two three four five six seven.')).toEqual([]);
    fc.assert(
      fc.property(words, (some) => {
        const sketch = sketchOf(some.join(' '));
        expect(sketch.length).toBeLessThanOrEqual(32);
        expect(sketch.every((value) => Number.isInteger(value) && Math.abs(value) <= 2 ** 31)).toBe(true);
        expect(resemblance(sketch, sketch)).toBe(1);
      }),
      { seed: 8 },
    );
  });

  it('shows how similar texts are', () => {
    const text = Array.from({ length: 60 }, (_, at) => `word${at}`);
    const changed = text.with(30, 'other').join(' ');
    expect(resemblance(sketchOf(text.join(' ')), sketchOf(changed))).toBeGreaterThan(0.75);
    expect(resemblance(sketchOf(text.join(' ')), sketchOf(text.toReversed().join(' ')))).toBe(0);
    expect(resemblance([], [])).toBe(0);
  });
});
