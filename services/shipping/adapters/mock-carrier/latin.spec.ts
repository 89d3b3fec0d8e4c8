import { describe, expect, it } from '@jest/globals';
import { latin } from './latin.ts';

describe('a text on a label', () => {
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

  it('names what has no Latin form, and never says "?" for it', () => {
    expect(latin('龳 why?')).toBe('[U+9FB3] why?');
  });

  it('is of Western letters, whatever it was written in', () => {
    const letters = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).filter((sign) =>
      /[\p{L}\p{N}]/u.test(sign),
    );
    expect(letters.filter((letter) => /[^\u0020-\u00ff]|\?/.test(latin(letter)))).toEqual([]);
  });
});
