import { describe, expect, it } from 'vitest';
import { HOUR } from '#kernel/clock.ts';
import { dayAt, daysAfter } from '#kernel/local-days.ts';
import { bucketOf, calendarOf, daysBefore, periodOf, type PeriodRequest } from './period.ts';

const BERLIN = 'Europe/Berlin';
const request = (change: Partial<PeriodRequest> = {}): PeriodRequest => ({
  from: '2026-03-28',
  to: '2026-03-30',
  granularity: 'day',
  timeZone: BERLIN,
  ...change,
});
const boundsOf = (asked: PeriodRequest): readonly string[] => {
  const period = periodOf(asked);
  if (!period.ok) throw new Error(period.error.detail);
  return period.value.bounds.map((bound) => bound.toISOString());
};

describe('a period', () => {
  it('has the days of the time zone, of which one has 23 hours when clocks go forward', () => {
    expect(boundsOf(request())).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
      '2026-03-30T22:00:00.000Z',
    ]);
  });

  it.each([
    ['2026-03-28', 24],
    ['2026-03-29', 23],
    ['2026-10-25', 25],
  ])('has the hours of %s', (day, hours) => {
    expect(boundsOf(request({ from: day, to: day, granularity: 'hour' }))).toHaveLength(hours + 1);
  });

  it('ends with the day even where an hour is cut short', () => {
    const bounds = boundsOf(
      request({ from: '2026-04-05', to: '2026-04-05', granularity: 'hour', timeZone: 'Australia/Lord_Howe' }),
    );
    expect(bounds).toHaveLength(26);
    expect(Date.parse(bounds.at(-1) ?? '') - Date.parse(bounds[0] ?? '')).toBe(24.5 * HOUR);
  });

  it('has at most 400 buckets, and no end before its beginning', () => {
    expect(periodOf(request({ from: '2025-01-01', to: '2026-02-04' }))).toMatchObject({ ok: true });
    expect(periodOf(request({ from: '2025-01-01', to: '2026-02-05' }))).toMatchObject({ ok: false });
    expect(periodOf(request({ from: '2026-03-01', to: '2026-03-17', granularity: 'hour' })).ok).toBe(false);
    expect(periodOf(request({ from: '2026-03-31' })).ok).toBe(false);
  });

  it('comes after one of as many days', () => {
    expect(daysBefore(request()).bounds).toEqual(
      ['2026-03-24', '2026-03-25', '2026-03-26', '2026-03-27'].map((day) => new Date(`${day}T23:00:00Z`)),
    );
  });
});

describe('a moment', () => {
  const period = { bounds: [new Date(10), new Date(20), new Date(30)] };

  it.each([
    [9, undefined],
    [10, 0],
    [19, 0],
    [20, 1],
    [29, 1],
    [30, undefined],
  ])('%i is in bucket %s', (at, bucket) => {
    expect(bucketOf(period, new Date(at))).toBe(bucket);
  });

  it('is on the day that it is in the time zone', () => {
    expect(dayAt(new Date('2026-02-28T23:30:00Z'), BERLIN)).toBe('2026-03-01');
    expect(dayAt(new Date('2026-02-28T23:30:00Z'), 'America/New_York')).toBe('2026-02-28');
  });

  it('is the end of some days', () => {
    expect(daysAfter('2026-03-01', -6)).toBe('2026-02-23');
  });
});

describe('cohorts', () => {
  const cohorts = (length: 'week' | 'month', to: string) => {
    const { firstDays, period } = calendarOf({ to, length, count: 3, timeZone: BERLIN });
    return [firstDays, period.bounds.map((bound) => bound.toISOString())];
  };

  it('are months of the time zone', () => {
    expect(cohorts('month', '2026-01-31')).toEqual([
      ['2025-11-01', '2025-12-01', '2026-01-01'],
      ['2025-10-31T23:00:00.000Z', '2025-11-30T23:00:00.000Z', '2025-12-31T23:00:00.000Z', '2026-01-31T23:00:00.000Z'],
    ]); // prettier-ignore
  });

  it.each(['2026-03-30', '2026-04-05'])('are weeks from Monday to Sunday, the last that of %s', (to) => {
    expect(cohorts('week', to)).toEqual([
      ['2026-03-16', '2026-03-23', '2026-03-30'],
      ['2026-03-15T23:00:00.000Z', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z', '2026-04-05T22:00:00.000Z'],
    ]); // prettier-ignore
  });
});
