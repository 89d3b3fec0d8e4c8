import { describe, expect, it } from 'vitest';
import { slugOf } from './links.ts';

describe('the name of a product in its address', () => {
  it.each([
    ['Bücher & Karten', 'bucher-karten'],
    ['Machinist’s Pocket Pen', 'machinist-s-pocket-pen'],
    ['???', 'product'],
    ['a'.repeat(200), 'a'.repeat(80)],
  ])('of %j is %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });
});
