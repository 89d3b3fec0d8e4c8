import { describe, expect, it } from 'vitest';
import { validityOf } from './validity.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

describe('a price list', () => {
  it.each([
    ['valid', {}],
    ['valid', { valid_from: '2026-03-01T12:00:00Z' }],
    ['valid', { valid_from: '2026-02-01T00:00:00Z', valid_until: '2026-03-01T12:00:01Z' }],
    ['planned', { valid_from: '2026-03-01T12:00:01Z' }],
    ['ended', { valid_until: '2026-03-01T12:00:00Z' }],
  ] as const)('is %s with %o', (validity, times) => {
    expect(validityOf(times, NOW)).toBe(validity);
  });
});
