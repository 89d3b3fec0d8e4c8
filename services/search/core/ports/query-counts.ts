import type { PopularQuery } from '../domain/popular-query.ts';

/** How often queries were asked, by day: `2026-03-01`, in UTC. */
export interface QueryCounts {
  /**
   * Adds to the counts of a day, in one statement. Of queries that the day does not have yet, it takes the most frequent, until
   * the day has `MOST_PER_DAY`.
   */
  add(day: string, counts: ReadonlyMap<string, number>): Promise<void>;
  /** Queries asked at least `least` times since the end of day `after`, most frequent first, at most `limit`. */
  mostFrequent(after: string, least: number, limit: number): Promise<readonly PopularQuery[]>;
  /** Forgets this day and those before it. */
  forget(day: string): Promise<void>;
}

/** Distinct queries that are counted per day. Several instances may exceed it a little. */
export const MOST_PER_DAY = 1_000;
