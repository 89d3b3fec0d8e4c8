import { boundsOfDays, daysAfter, indexBetween } from '#kernel/local-days.ts';

/** Consecutive days of the shop's time zone. */
export interface Period {
  /** `2026-03-01`, oldest first. */
  readonly days: readonly string[];
  /** When each day begins, and when the last one ends. */
  readonly bounds: readonly Date[];
}

/** Amounts are minor units. */
export interface Sums {
  /** Orders that were placed and not cancelled, without those that cost nothing, and those in exchange. */
  readonly orders: number;
  /** Their totals, and what orders in exchange charged. */
  readonly grossMinor: number;
  /** What was refunded, whenever the order was placed; the money of cancelled orders is in neither. */
  readonly refundedMinor: number;
}

export interface DaySums extends Sums {
  /** Index in `days`. */
  readonly day: number;
  readonly currency: string;
}

export interface CurrencyFigures {
  readonly currency: string;
  /** For each day of the period. */
  readonly days: readonly Sums[];
  readonly total: Sums;
}

export const NOTHING: Sums = { orders: 0, grossMinor: 0, refundedMinor: 0 };

/** @param last such as `2026-03-01` */
export const periodUntil = (last: string, count: number, timeZone: string): Period => {
  const days = Array.from({ length: count }, (_, index) => daysAfter(last, index + 1 - count));
  return { days, bounds: boundsOfDays(daysAfter(last, 1 - count), count, timeZone) };
};

/** As long, and directly before. */
export const periodBefore = ({ days }: Period, timeZone: string): Period => {
  const [first = ''] = days;
  return periodUntil(daysAfter(first, -1), days.length, timeZone);
};

/** Index of the day of a moment; undefined outside the period. */
export const dayIn = ({ bounds }: Period, moment: string): number | undefined =>
  indexBetween(bounds, new Date(moment));

export const plus = (one: Sums, other: Sums): Sums => ({
  orders: one.orders + other.orders,
  grossMinor: one.grossMinor + other.grossMinor,
  refundedMinor: one.refundedMinor + other.refundedMinor,
});

/** Sums by currency, which are never added up over currencies; the currency of most orders comes first. */
export const figuresOf = ({ days }: Period, sums: readonly DaySums[]): readonly CurrencyFigures[] =>
  [...Map.groupBy(sums, ({ currency }) => currency)]
    .map(([currency, found]) => ({
      currency,
      days: days.map((_, day) => found.filter((one) => one.day === day).reduce<Sums>(plus, NOTHING)),
      total: found.reduce<Sums>(plus, NOTHING),
    }))
    .sort((a, b) => b.total.orders - a.total.orders || (a.currency < b.currency ? -1 : 1));
