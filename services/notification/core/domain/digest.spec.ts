import { describe, expect, it } from 'vitest';
import { after, DAY, HOUR } from '#kernel/clock.ts';
import { nextDigestAt } from './digest.ts';

const BERLIN = 'Europe/Berlin';
const next = (
  now: string,
  hour: number,
  timeZone = BERLIN,
  quietHours?: { from: string; to: string },
): string =>
  nextDigestAt(new Date(now), hour, { timeZone, ...(quietHours && { quietHours }) })
    .toISOString()
    .slice(0, 16);

describe('the next digest', () => {
  it.each([
    ['today', '2026-01-15T06:59:59Z', 8, BERLIN, '2026-01-15T07:00'],
    ['tomorrow, if its hour has come', '2026-01-15T07:00:00Z', 8, BERLIN, '2026-01-16T07:00'],
    ['at midnight', '2026-01-15T12:00:00Z', 0, BERLIN, '2026-01-15T23:00'],
    ['west of UTC', '2026-01-15T12:00:00Z', 8, 'America/Los_Angeles', '2026-01-15T16:00'],
    ['where it is already tomorrow', '2026-01-15T20:00:00Z', 8, 'Pacific/Auckland', '2026-01-16T19:00'],
    ['where clocks differ by quarters', '2026-01-15T12:00:00Z', 8, 'Asia/Kathmandu', '2026-01-16T02:15'],
    ['after the night in which clocks go forward', '2026-03-28T20:00:00Z', 8, BERLIN, '2026-03-29T06:00'],
    ['after the night in which clocks go back', '2026-10-24T20:00:00Z', 8, BERLIN, '2026-10-25T07:00'],
    ['at an hour that clocks skip', '2026-03-28T20:00:00Z', 2, BERLIN, '2026-03-29T01:00'],
    [
      'at an hour that clocks skip in the west',
      '2026-03-07T20:00:00Z',
      2,
      'America/New_York',
      '2026-03-08T07:00',
    ],
    ['at an hour that clocks show twice', '2026-10-24T20:00:00Z', 2, BERLIN, '2026-10-25T01:00'],
  ])('is %s', (_, now, hour, zone, expected) => {
    expect(next(now, hour, zone)).toBe(expected);
  });

  it('is one a day, whatever clocks do', () => {
    for (const zone of [BERLIN, 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'UTC'])
      for (const hour of [0, 2, 3, 8]) {
        const start = new Date('2026-01-01T00:00:00Z');
        let [now, count] = [start, 0];
        for (; now < after(start, 365 * DAY); count += 1) {
          const due = nextDigestAt(now, hour, { timeZone: zone });
          const hours = (due.getTime() - now.getTime()) / HOUR;
          if (count > 0) expect([zone, hours >= 22 && hours <= 26]).toEqual([zone, true]);
          now = due;
        }
        expect([365, 366]).toContain(count);
      }
  });

  it('waits for the end of quiet hours', () => {
    const quiet = { from: '22:00', to: '09:30' };
    expect(next('2026-01-15T20:00:00Z', 8, BERLIN, quiet)).toBe('2026-01-16T08:30');
    expect(next('2026-01-16T07:30:00Z', 8, BERLIN, quiet)).toBe('2026-01-16T08:30'); // its hour has come
    expect(next('2026-01-16T08:30:00Z', 8, BERLIN, quiet)).toBe('2026-01-17T08:30');
    const evening = { from: '20:00', to: '10:00' };
    expect(next('2026-01-15T23:00:00Z', 21, BERLIN, evening)).toBe('2026-01-16T09:00');
    expect(next('2026-01-16T09:00:00Z', 21, BERLIN, evening)).toBe('2026-01-17T09:00');
  });
});
