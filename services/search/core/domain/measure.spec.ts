import { describe, expect, it } from 'vitest';
import { isInRange, readMeasure, readRange } from './measure.ts';

describe('the value of an attribute', () => {
  it.each([
    ['256 GB', 256, 'GB'],
    ['256GB', 256, 'GB'],
    ['0.5 l', 0.5, 'l'],
    ['13.3"', 13.3, '"'],
    ['42', 42, ''],
    [' 42 ', 42, ''],
    ['-18 °C', -18, '°C'],
    ['12 fl oz', 12, 'fl oz'],
    ['20 m²', 20, 'm²'],
  ])('is a number with a unit: %s', (value, number, unit) => {
    expect(readMeasure(value)).toEqual({ number, unit });
  });

  it.each([
    ...['', 'GB', 'Red', 'EU 43', 'W32', '1/2', '1,5', '1,500', '10-12', '59–63 cm', '70 × 140 cm', '1e5'],
    ...['.5', '5.', '1.2.3', '0x10', 'Infinity', '1234567890123456', `1 ${'x'.repeat(100)}`],
  ])('is no number: %j', (value) => {
    expect(readMeasure(value)).toBeUndefined();
  });
});

describe('a range', () => {
  it.each([
    ['256..512 GB', { min: 256, max: 512, unit: 'GB' }],
    ['..0.5l', { max: 0.5, unit: 'l' }],
    ['-5..', { min: -5, unit: '' }],
  ])('may lack an end and a unit: %s', (text, range) => {
    expect(readRange(text)).toEqual(range);
  });

  it.each(['..', '.. GB', '256', '1-2', 'a..b', '1..2..3', '1...5'])('has a number: %j', (text) => {
    expect(readRange(text)).toBeUndefined();
  });

  it('includes its ends, and only its own unit', () => {
    const range = [{ min: 256, max: 512, unit: 'GB' }];
    const found = ['255 GB', '256 GB', '512 GB', '513 GB', '300 MB', '300', 'many GB'].filter((value) =>
      isInRange(readMeasure(value), range),
    );
    expect(found).toEqual(['256 GB', '512 GB']);
  });
});
