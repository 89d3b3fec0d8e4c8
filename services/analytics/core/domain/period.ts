import { DAY, HOUR } from '#kernel/clock.ts';
import { instantAt, localTime, midnightOf } from '#kernel/local-time.ts';
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
  const [first, last] = [Date.parse(from), Date.parse(to)];
  if (first > last) return refuse('INVALID_PERIOD', `${from} is after ${to}.`);
  const most = (last - first + DAY) / LENGTH[granularity];
  if (most > MAX_BUCKETS)
    return refuse('INVALID_PERIOD', `${most} ${granularity}s are more than ${MAX_BUCKETS}.`);
  const bounds = boundsOf(first, last, timeZone);
  return ok({ bounds: granularity === 'day' ? bounds : hoursOf(bounds) });
};

/** Of local days. */
const boundsOf = (first: number, last: number, timeZone: string): readonly Date[] =>
  Array.from({ length: (last - first) / DAY + 2 }, (_, index) => instantAt(first + index * DAY, timeZone));

/** Hours in a row, whatever clocks do meanwhile. */
const hoursOf = (days: readonly Date[]): readonly Date[] => {
  const [start = 0, end = 0] = [days[0]?.getTime(), days.at(-1)?.getTime()];
  return Array.from(
    { length: Math.ceil((end - start) / HOUR) + 1 },
    (_, index) => new Date(Math.min(start + index * HOUR, end)),
  );
};

/** As many days, directly before. */
export const daysBefore = ({ from, to, timeZone }: PeriodRequest): Period => {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  return { bounds: boundsOf(2 * first - last - DAY, first - DAY, timeZone) };
};

const dayOf = (local: number): string => new Date(local).toISOString().slice(0, 'yyyy-mm-dd'.length);

/** The day that it is in the time zone. */
export const dayAt = (now: Date, timeZone: string): string => dayOf(midnightOf(localTime(now, timeZone)));

/** `days` days that end with `to`. */
export const daysUntil = (to: string, days: number): string => dayOf(Date.parse(to) - (days - 1) * DAY);

/** The bucket of a moment; undefined outside the period. */
export const bucketOf = ({ bounds }: Period, at: Date): number | undefined => {
  const index = bounds.findLastIndex((bound) => bound <= at);
  return index < 0 || index === bounds.length - 1 ? undefined : index;
};
