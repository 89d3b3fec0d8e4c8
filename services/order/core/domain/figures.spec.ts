import { describe, expect, it } from 'vitest';
import { dayAt } from '#kernel/local-days.ts';
import { dayIn, figuresOf, periodBefore, periodUntil } from './figures.ts';

const ZONE = 'Europe/Berlin';

describe('the days of figures', () => {
  it('begin at midnight in the zone of the shop, also when the clocks change', () => {
    const { days, bounds } = periodUntil('2026-03-30', 3, ZONE);
    expect(days).toEqual(['2026-03-28', '2026-03-29', '2026-03-30']);
    expect(bounds.map((bound) => bound.toISOString())).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
      '2026-03-30T22:00:00.000Z',
    ]);
  });

  it('are compared with as many before', () => {
    const before = periodBefore(periodUntil('2026-03-01', 7, ZONE), ZONE);
    expect([before.days[0], before.days.at(-1)]).toEqual(['2026-02-16', '2026-02-22']);
  });

  it('are those of the shop, not of UTC', () => {
    expect(dayAt(new Date('2026-03-01T23:30:00Z'), ZONE)).toBe('2026-03-02');
    const period = periodUntil('2026-03-02', 1, ZONE);
    expect(dayIn(period, '2026-03-01T23:00:00.000Z')).toBe(0);
    expect(dayIn(period, '2026-03-01T22:59:59.999Z')).toBeUndefined();
    expect(dayIn(period, '2026-03-02T23:00:00.000Z')).toBeUndefined();
  });
});

describe('figures', () => {
  it('are never added up over currencies', () => {
    const period = periodUntil('2026-03-02', 2, ZONE);
    const sums = (day: number, currency: string, orders: number, grossMinor: number, refundedMinor = 0) => ({
      day,
      currency,
      orders,
      grossMinor,
      refundedMinor,
    });
    const found = [
      sums(0, 'JPY', 1, 900),
      sums(0, 'EUR', 1, 100),
      sums(1, 'EUR', 2, 300),
      sums(1, 'EUR', 0, 0, 50),
    ];
    expect(figuresOf(period, found)).toEqual([
      {
        currency: 'EUR',
        days: [
          { orders: 1, grossMinor: 100, refundedMinor: 0 },
          { orders: 2, grossMinor: 300, refundedMinor: 50 },
        ],
        total: { orders: 3, grossMinor: 400, refundedMinor: 50 },
      },
      {
        currency: 'JPY',
        days: [
          { orders: 1, grossMinor: 900, refundedMinor: 0 },
          { orders: 0, grossMinor: 0, refundedMinor: 0 },
        ],
        total: { orders: 1, grossMinor: 900, refundedMinor: 0 },
      },
    ]);
  });
});
