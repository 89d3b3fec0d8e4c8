import { describe, expect, it } from 'vitest';
import { latin } from './latin.ts';

describe('text on a label', () => {
  it.each([
    ['Zoë Müller, Straße 1', 'Zoë Müller, Straße 1'],
    ['Łukasz Dvořák', 'Lukasz Dvorák'],
    ['Иван Петров', 'Ivan Petrov'],
    ['София', 'Sofiya'],
    ['Γιώργος', 'Giorgos'],
    ['東京都', 'DongJingDou'],
    ['محمد', 'mhmd'],
    ['أحمد', "'hmd"],
    ['A–Z “quoted” 5 €', 'A-Z "quoted" 5 EUR'],
    ['Zoe\u0308', 'Zoë'],
    ['zero\u200bwidth', 'zerowidth'],
  ])('%s is printed as %s', (written, printed) => {
    expect(latin(written)).toBe(printed);
  });

  it('shows the code point of characters without a Latin form, and never "?"', () => {
    expect(latin('龳 why?')).toBe('[U+9FB3] why?');
  });

  it('contains only Western letters, whatever its script was', () => {
    const letters = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).filter((sign) =>
      /[\p{L}\p{N}]/u.test(sign),
    );
    expect(letters.filter((letter) => /[^\u0020-\u00ff]|\?/.test(latin(letter)))).toEqual([]);
  });
});
