import type { MemoryDatabase, MemoryTables } from '#adapters/memory/memory-database.ts';
import type { PopularQuery } from '../../core/domain/popular-query.ts';
import { MOST_PER_DAY, type QueryCounts } from '../../core/ports/query-counts.ts';

/** One value per day: reading copies values, and a few large ones are copied faster than many small ones. */
interface Day {
  readonly day: string;
  readonly counts: ReadonlyMap<string, number>;
}

const daysOf = (tables: MemoryTables) => tables.table<Day>('queries');

const mostFrequentFirst = (counts: ReadonlyMap<string, number>): PopularQuery[] =>
  [...counts]
    .map(([query, count]) => ({ query, count }))
    .sort((a, b) => b.count - a.count || (a.query < b.query ? -1 : 1));

export const memoryQueryCounts = (database: MemoryDatabase): QueryCounts => ({
  add: (day, more) =>
    database.transaction((tx) => {
      const counts = new Map(daysOf(tx).get(day)?.counts);
      for (const { query, count } of mostFrequentFirst(more)) {
        const before = counts.get(query);
        if (before !== undefined || counts.size < MOST_PER_DAY) counts.set(query, (before ?? 0) + count);
      }
      daysOf(tx).put(day, { day, counts });
      return Promise.resolve();
    }),
  mostFrequent: (after, least, limit) => {
    const sums = new Map<string, number>();
    for (const { counts } of daysOf(database.committed).find(({ day }) => day > after))
      for (const [query, count] of counts) sums.set(query, (sums.get(query) ?? 0) + count);
    const popular = new Map([...sums].filter(([, count]) => count >= least));
    return Promise.resolve(mostFrequentFirst(popular).slice(0, limit));
  },
  forget: (last) =>
    database.transaction((tx) => {
      for (const { day } of daysOf(tx).find((stored) => stored.day <= last)) daysOf(tx).delete(day);
      return Promise.resolve();
    }),
});
