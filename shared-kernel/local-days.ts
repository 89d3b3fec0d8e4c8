import { DAY } from './clock.ts';
import { instantAt, localTime } from './local-time.ts';

/** A local time as its day: `2026-03-01`. */
export const dayOf = (local: number): string => new Date(local).toISOString().slice(0, 'yyyy-mm-dd'.length);

/** The day that it is in the time zone. */
export const dayAt = (now: Date, timeZone: string): string => dayOf(localTime(now, timeZone));

/**
 * When each of so many days begins, and when the last one ends. A day of a clock change has 23 or 25 hours.
 * @param first such as `2026-03-01`
 */
export const boundsOfDays = (first: string, count: number, timeZone: string): readonly Date[] =>
  Array.from({ length: count + 1 }, (_, index) => instantAt(Date.parse(first) + index * DAY, timeZone));

/** The day so many days later, or earlier. */
export const daysAfter = (day: string, days: number): string => dayOf(Date.parse(day) + days * DAY);

/** Index of what lies between two bounds, the first included; undefined outside of all. */
export const indexBetween = (bounds: readonly Date[], at: Date): number | undefined => {
  const index = bounds.findLastIndex((bound) => bound <= at);
  return index < 0 || index === bounds.length - 1 ? undefined : index;
};
