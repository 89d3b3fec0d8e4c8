import type { Clock } from '#kernel/clock.ts';
import { dayAt, daysAfter } from '#kernel/local-days.ts';
import type { Granularity, PeriodRequest } from '../../core/domain/period.ts';
import type { Warehouse } from '../../core/ports/warehouse.ts';

export interface Reporting {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly timeZone: string;
}

/** Days as they are asked for. */
export interface Range {
  readonly from?: string;
  readonly to?: string;
  readonly days?: number;
}

const DEFAULT_DAYS = 7;

export const today = ({ clock, timeZone }: Reporting): string => dayAt(clock.now(), timeZone);

/** The latest days, unless others are named. */
export const requested = (
  reporting: Reporting,
  { from, to = today(reporting), days = DEFAULT_DAYS }: Range,
  granularity: Granularity = 'day',
): PeriodRequest => ({
  from: from ?? daysAfter(to, 1 - days),
  to,
  granularity,
  timeZone: reporting.timeZone,
});

/** When the latest of the counted events happened. */
export const asOf = async ({ warehouse }: Reporting) => {
  const newest = await warehouse.newest();
  return newest && { as_of: newest.toISOString() };
};
