import { describe, expect, it } from 'vitest';
import { distanceWithin, editsIn, lettersOf, mayResemble } from './typing-errors.ts';

describe('a word may have', () => {
  it.each([
    ['mug', 0],
    ['lamp', 1],
    ['speaker', 1],
    ['armchair', 2],
    ['5000mah', 0],
    ['20000000', 0],
  ])('%s: %i typing errors', (word, edits) => {
    expect(editsIn(word)).toBe(edits);
  });
});

describe('the distance between two words', () => {
  it.each([
    ['speaker', 'speaker', 0],
    ['speker', 'speaker', 1],
    ['speaaker', 'speaker', 1],
    ['spexker', 'speaker', 1],
    ['xpeaker', 'speaker', 1],
    ['psekaer', 'speaker', 2],
    ['psekare', 'speaker', undefined],
    ['spe', 'speaker', undefined],
  ])('%s and %s: %s', (said, meant, distance) => {
    expect(distanceWithin(said, meant, 2)).toBe(distance);
    expect(distanceWithin(meant, said, 2)).toBe(distance);
  });

  it('is not looked for if their letters differ too much', () => {
    const lamp = lettersOf('lamp');
    expect(mayResemble(lettersOf('lmap'), lamp, 1)).toBe(true);
    expect(mayResemble(lettersOf('limp'), lamp, 1)).toBe(true);
    expect(mayResemble(lettersOf('desk'), lamp, 1)).toBe(false);
  });
});
