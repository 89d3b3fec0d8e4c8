import { after, DAY, MINUTE, type Clock } from '#kernel/clock.ts';
import { completionKey, KEPT_DAYS, presentable } from '../domain/popular-query.ts';
import type { QueryCounts } from '../ports/query-counts.ts';

/** Distinct queries that wait to be written. */
const MOST_WAITING = 1_000;
/** Popular queries that are kept in memory. */
const MOST_POPULAR = 1_000;
const FRESH_MS = MINUTE;

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
/** The last day whose counts are no longer used. */
const lastForgotten = (now: Date): string => dayOf(after(now, -KEPT_DAYS * DAY));

export interface QueryCounter {
  /** Counts a query in memory, unless it is not for the eyes of others. */
  count(query: string): void;
  /** Stores what was counted since the last time. It is lost if that fails, or if the process dies before. */
  flush(): Promise<void>;
}

/** @param onCounted called when there is something to flush */
export const makeQueryCounter = (counts: QueryCounts, clock: Clock, onCounted: () => void): QueryCounter => {
  let waiting = new Map<string, number>();
  return {
    count: (query) => {
      const text = presentable(query);
      if (text === undefined || (waiting.size >= MOST_WAITING && !waiting.has(text))) return;
      waiting.set(text, (waiting.get(text) ?? 0) + 1);
      onCounted();
    },
    flush: async () => {
      if (waiting.size === 0) return;
      const counted = waiting;
      waiting = new Map();
      await counts.add(dayOf(clock.now()), counted);
    },
  };
};

/** A query with its completion key. */
export interface Candidate {
  readonly query: string;
  readonly key: string;
}

export interface PopularQueries {
  /** Most frequent first, at most a minute old. */
  current(): Promise<readonly Candidate[]>;
}

/**
 * Keeps the popular queries in memory.
 * @param least how often a query must be asked in 30 days to be popular
 * @param onError called if they cannot be read; the last ones remain in use
 */
export const makePopularQueries = (
  counts: QueryCounts,
  clock: Clock,
  least: number,
  onError: (error: unknown) => void,
): PopularQueries => {
  let popular: Promise<readonly Candidate[]> = Promise.resolve([]);
  let readAt = -Infinity;
  const read = async (before: typeof popular): typeof popular => {
    try {
      const found = await counts.mostFrequent(lastForgotten(clock.now()), least, MOST_POPULAR);
      return found.map(({ query }) => ({ query, key: completionKey(query) }));
    } catch (error) {
      onError(error);
      return before;
    }
  };
  return {
    current: () => {
      const now = clock.now().getTime();
      if (now - readAt >= FRESH_MS) {
        readAt = now;
        popular = read(popular);
      }
      return popular;
    },
  };
};

/** Deletes counts that are too old. */
export const makeForgetQueries =
  (counts: QueryCounts) =>
  (now: Date): Promise<void> =>
    counts.forget(lastForgotten(now));
