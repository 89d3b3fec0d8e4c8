import { DAY, HOUR } from '#kernel/clock.ts';
import { boundsOfDays, dayOf, daysAfter, indexBetween } from '#kernel/local-days.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';

/** The length of a chart's buckets, on the clocks of the shop. */
export type Granularity = 'hour' | 'day';

/** Consecutive buckets of time. */
export interface Period {
  /** When each bucket begins, and when the last one ends; ascending. */
  readonly bounds: readonly Date[];
}

export interface PeriodRequest {
  /** The first and the last day, such as `2026-03-01`. */
  readonly from: string;
  readonly to: string;
  readonly granularity: Granularity;
  readonly timeZone: string;
}

export const MAX_BUCKETS = 400;

const LENGTH: Readonly<Record<Granularity, number>> = { hour: HOUR, day: DAY };

export type PeriodCode = 'INVALID_PERIOD';

/** The buckets of these days. A day of a clock change has 23 or 25 hours. */
export const periodOf = ({
  from,
  to,
  granularity,
  timeZone,
}: PeriodRequest): Result<Period, Refusal<PeriodCode>> => {
  const days = daysIn({ from, to });
  if (days < 1) return refuse('INVALID_PERIOD', `${from} is after ${to}.`);
  const most = (days * DAY) / LENGTH[granularity];
  if (most > MAX_BUCKETS)
    return refuse('INVALID_PERIOD', `${most} ${granularity}s are more than ${MAX_BUCKETS}.`);
  const bounds = boundsOfDays(from, days, timeZone);
  return ok({ bounds: granularity === 'day' ? bounds : hoursOf(bounds) });
};

const daysIn = ({ from, to }: Pick<PeriodRequest, 'from' | 'to'>): number =>
  (Date.parse(to) - Date.parse(from)) / DAY + 1;

/** Hours in a row, whatever clocks do meanwhile. */
const hoursOf = (days: readonly Date[]): readonly Date[] => {
  const [start = 0, end = 0] = [days[0]?.getTime(), days.at(-1)?.getTime()];
  return Array.from(
    { length: Math.ceil((end - start) / HOUR) + 1 },
    (_, index) => new Date(Math.min(start + index * HOUR, end)),
  );
};

/** The length of a cohort: weeks begin on Mondays. */
export type CohortLength = 'week' | 'month';

export interface CohortRequest {
  /** A day of the last of them. */
  readonly to: string;
  readonly length: CohortLength;
  readonly count: number;
  readonly timeZone: string;
}

/** So many weeks or months, and the first day of each. */
export const calendarOf = ({ to, length, count, timeZone }: CohortRequest) => {
  const firstDay = FIRST_DAYS[length];
  const days = Array.from({ length: count + 1 }, (_, index) => firstDay(to, index + 1 - count));
  const bounds = days.map((day) => boundsOfDays(day, 0, timeZone)[0] ?? new Date(day));
  return { firstDays: days.slice(0, -1), period: { bounds } satisfies Period };
};

/** The first day of the week or month that is so many after that of a day. */
const FIRST_DAYS: Readonly<Record<CohortLength, (day: string, after: number) => string>> = {
  week: (day, after) => daysAfter(day, 7 * after - ((new Date(day).getUTCDay() + 6) % 7)),
  month: (day, after) => {
    const at = new Date(day);
    return dayOf(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + after));
  },
};

/** As many days, directly before. */
export const daysBefore = ({ from, to, timeZone }: PeriodRequest): Period => {
  const days = daysIn({ from, to });
  return { bounds: boundsOfDays(daysAfter(from, -days), days, timeZone) };
};

/** The bucket of a moment; undefined outside the period. */
export const bucketOf = ({ bounds }: Period, at: Date): number | undefined => indexBetween(bounds, at);
