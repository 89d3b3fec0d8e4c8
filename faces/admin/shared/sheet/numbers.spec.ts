import { describe, expect, it } from 'vitest';
import { parseNumber } from './numbers.ts';

describe('a number', () => {
  it.each([
    ['1234', 1234],
    ['-5', -5],
    ['+5', 5],
    ['\u22125', -5],
    ['1.234,50', 1234.5],
    ['1,234.50', 1234.5],
    ['1.234.567', 1_234_567],
    ['1,234,567.8', 1_234_567.8],
    ['12,5', 12.5],
    ['12.5', 12.5],
    ['0.125', 0.125],
    ['0,125', 0.125],
    ['.5', 0.5],
    ['1 234,5', 1234.5],
    ['1\u00a0234', 1234],
    ['1\u202f234', 1234],
    ["1'234.50", 1234.5],
    [' 7 ', 7],
    ['12.3456', 12.3456],
  ])('written %s is understood in any language', (text, value) => {
    for (const locale of ['en', 'de']) expect(parseNumber(text, locale)).toBe(value);
  });

  it.each([
    ['1.234', 'de', 1234],
    ['1.234', 'en', 1.234],
    ['1,234', 'de', 1.234],
    ['1,234', 'en', 1234],
  ])('that could be either, %s, is read as in %s', (text, locale, value) => {
    expect(parseNumber(text, locale)).toBe(value);
  });

  it.each([
    '',
    'abc',
    '12a',
    '1.2.3',
    '1,2,3',
    '12.34.56',
    '1.23,456.7',
    '--5',
    '5-',
    '1.234,5,6',
    '€5',
    '1e5',
    ',',
    '.',
  ])('is not %j', (text) => {
    for (const locale of ['en', 'de']) expect(parseNumber(text, locale)).toBeUndefined();
  });
});
