import { describe, expect, it } from 'vitest';
import { ownPath } from './own-path.ts';

describe('a path to return to', () => {
  it.each(['/', '/cart', '/checkout?address=1&delivery=dhl%3Aexpress', '/search?q=%C3%A9'])(
    'may be %s',
    (path) => {
      expect(ownPath(path)).toBe(path);
    },
  );

  it.each([
    undefined,
    '',
    'cart',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '/%0a//evil\n',
    '/\t/evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    `/${'a'.repeat(3_000)}`,
    '/é',
  ])('is the home page in place of %j', (path) => {
    expect(ownPath(path)).toBe('/');
  });
});
