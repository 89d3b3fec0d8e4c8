import { expect, it } from 'vitest';
import { isDay, isMoment } from './moment.ts';

it.each([
  '2026-01-01T00:00:00Z',
  '2026-02-28T23:59:59.999+14:00',
  '2024-02-29T12:00:00.123456-09:30',
  '1970-01-01T00:00:00Z',
])('%s is a time', (text) => {
  expect(isMoment(text)).toBe(true);
});

it.each([
  '',
  'yesterday',
  '2026-01-01',
  '2026-01-01T00:00:00',
  '2026-01-01 00:00:00Z',
  '0000-00-00T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '1969-12-31T23:59:59Z',
  '9999-12-31T23:59:59Z',
  '+10000-01-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2025-02-29T00:00:00Z',
  '2026-01-01T24:00:01Z',
  '2026-01-01T00:00:00+99:99',
])('"%s" is no time', (text) => {
  expect(isMoment(text)).toBe(false);
});

it.each(['2026-01-01', '2024-02-29', '1970-01-01'])('%s is a day', (text) => {
  expect(isDay(text)).toBe(true);
});

it.each([
  '',
  'yesterday',
  '2026-13-01',
  '2026-02-30',
  '2026-1-1',
  '2026-01-01T00:00:00Z',
  '1969-12-31',
  '9999-12-31',
])('"%s" is no day', (text) => {
  expect(isDay(text)).toBe(false);
});
