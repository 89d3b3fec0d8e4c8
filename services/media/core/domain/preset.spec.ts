import { describe, expect, it } from 'vitest';
import { isPrivate, nameOf, parseName, sizeIn, variantsOf } from './preset.ts';

const SHA = '0123456789abcdef'.repeat(4);

describe('the name of a file', () => {
  it('says content, preset and format, and is the only one that the file has', () => {
    const all = variantsOf(SHA).map(nameOf);
    expect(all).toContain(`${SHA}-small.webp`);
    expect(new Set(all).size).toBe(all.length);
    for (const name of all)
      expect(nameOf(parseName(name) ?? { sha256: '', preset: 'original', ending: '' })).toBe(name);
    expect(parseName(`${SHA}-original.png`)).toEqual({ sha256: SHA, preset: 'original', ending: 'png' });
  });

  it.each([
    'small.webp',
    `${SHA}-huge.webp`,
    `${SHA}-small.gif`,
    `${SHA}-toString.webp`,
    `${SHA.toUpperCase()}-small.webp`,
    `${SHA}-small.webp/..`,
  ])('is not %s', (name) => {
    expect(parseName(name)).toBeUndefined();
  });
});

describe('a file', () => {
  it.each([
    ['small.webp', 'picture', false],
    ['print.webp', 'picture', true],
    ['original.jpg', 'picture', true],
    ['original.mp4', 'video', false],
  ] as const)('%s of a %s is private: %s', (end, kind, expected) => {
    const file = parseName(`${SHA}-${end}`);
    expect(file && isPrivate(file, { kind })).toBe(expected);
  });
});

describe('a variant', () => {
  it('keeps the proportions, and is never larger than the picture', () => {
    expect(sizeIn('small', { width: 640, height: 480 })).toEqual({ width: 320, height: 240 });
    expect(sizeIn('small', { width: 100, height: 50 })).toEqual({ width: 100, height: 50 });
    expect(sizeIn('thumb', { width: 10_000, height: 1 })).toEqual({ width: 160, height: 1 });
  });
});
