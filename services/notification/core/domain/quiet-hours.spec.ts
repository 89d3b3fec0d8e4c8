import { describe, expect, it } from 'vitest';
import { afterQuietHours, dueAt } from './quiet-hours.ts';

const NIGHT = { from: '22:00', to: '07:00' };
const BERLIN = 'Europe/Berlin';
const due = (now: string, hours = NIGHT, zone = BERLIN): string =>
  afterQuietHours(new Date(now), hours, zone).toISOString().slice(0, 16);

describe('quiet hours', () => {
  it.each([
    ['before midnight', '2026-01-15T22:30:00Z', '2026-01-16T06:00'],
    ['after midnight', '2026-01-16T03:00:00Z', '2026-01-16T06:00'],
    ['in their first minute', '2026-01-15T21:00:00Z', '2026-01-16T06:00'],
    ['in their last minute', '2026-01-16T05:59:59Z', '2026-01-16T06:00'],
    ['in the night in which clocks go forward', '2026-03-28T23:00:00Z', '2026-03-29T05:00'],
    ['in the night in which clocks go back', '2026-10-24T22:00:00Z', '2026-10-25T06:00'],
  ])('end in the morning for what comes %s', (_, now, expected) => {
    expect(due(now)).toBe(expected);
  });

  it.each(['2026-01-15T20:59:59Z', '2026-01-16T06:00:00Z', '2026-07-01T12:00:00Z'])(
    'do not delay what comes at %s',
    (now) => {
      expect(due(now)).toBe(now.slice(0, 16));
    },
  );

  it('may lie within a day', () => {
    const noon = { from: '12:00', to: '14:00' };
    expect(due('2026-01-15T11:30:00Z', noon)).toBe('2026-01-15T13:00');
    expect(due('2026-01-15T13:00:00Z', noon)).toBe('2026-01-15T13:00');
    expect(due('2026-01-15T03:00:00Z', noon)).toBe('2026-01-15T03:00');
  });

  it('are those of the recipient’s time zone', () => {
    expect(due('2026-01-15T22:30:00Z', NIGHT, 'America/New_York')).toBe('2026-01-15T22:30');
    expect(due('2026-01-15T04:00:00Z', NIGHT, 'America/New_York')).toBe('2026-01-15T12:00');
    expect(due('2026-01-15T20:00:00Z', NIGHT, 'Asia/Kathmandu')).toBe('2026-01-16T01:15');
  });

  it('that end at a time which clocks skip end as much later', () => {
    const night = { from: '22:00', to: '02:30' };
    expect(due('2026-03-29T00:30:00Z', night)).toBe('2026-03-29T01:30');
    expect(due('2026-03-08T05:00:00Z', night, 'America/New_York')).toBe('2026-03-08T07:30');
  });

  it('that end at a time which clocks show twice end at the second', () => {
    const night = { from: '22:00', to: '02:30' };
    expect(due('2026-10-24T23:00:00Z', night)).toBe('2026-10-25T01:30');
    expect(due('2026-11-01T05:00:00Z', { from: '22:00', to: '01:30' }, 'America/New_York')).toBe(
      '2026-11-01T06:30',
    );
  });

  it('delay marketing, and what rings on a phone, but no other mail', () => {
    const night = new Date('2026-01-16T03:00:00Z');
    const preferences = { quietHours: NIGHT, timeZone: BERLIN };
    const isDelayed = (...[kind, channel]: [Parameters<typeof dueAt>[1], Parameters<typeof dueAt>[2]]) =>
      dueAt(night, kind, channel, preferences) > night;
    expect(isDelayed('cart.abandoned', 'email')).toBe(true);
    expect(isDelayed('shipment.created', 'sms')).toBe(true);
    expect(isDelayed('shipment.created', 'email')).toBe(false);
    expect(isDelayed('user.password_reset_requested', 'email')).toBe(false);
    expect(dueAt(night, 'cart.abandoned', 'email', { timeZone: BERLIN })).toBe(night);
  });
});
