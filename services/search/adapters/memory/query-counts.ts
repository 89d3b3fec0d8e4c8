import type { MemoryDatabase, MemoryTables } from '#adapters/memory/memory-database.ts';
import type { PopularQuery } from '../../core/domain/popular-query.ts';
import { MOST_PER_DAY, type QueryCounts } from '../../core/ports/query-counts.ts';

interface StoredCount extends PopularQuery {
  readonly day: string;
}

const countsOf = (tables: MemoryTables) => tables.table<StoredCount>('queries');

const byCount = (a: PopularQuery, b: PopularQuery): number =>
  b.count - a.count || (a.query < b.query ? -1 : 1);

export const memoryQueryCounts = (database: MemoryDatabase): QueryCounts => ({
  add: (day, counted) =>
    database.transaction(async (tx) => {
      const counts = countsOf(tx);
      let known = counts.find((stored) => stored.day === day).length;
      for (const { query, count } of [...counted]
        .map(([query, count]) => ({ query, count }))
        .toSorted(byCount)) {
        const key = `${day} ${query}`;
        const before = counts.get(key);
        if (!before && known >= MOST_PER_DAY) continue;
        if (!before) known += 1;
        counts.put(key, { day, query, count: (before?.count ?? 0) + count });
      }
      await Promise.resolve();
    }),
  mostFrequent: (after, least, limit) => {
    const sums = new Map<string, number>();
    for (const { query, count } of countsOf(database.committed).find(({ day }) => day > after))
      sums.set(query, (sums.get(query) ?? 0) + count);
    const popular = [...sums]
      .map(([query, count]) => ({ query, count }))
      .filter(({ count }) => count >= least);
    return Promise.resolve(popular.toSorted(byCount).slice(0, limit));
  },
  forget: (last) =>
    database.transaction(async (tx) => {
      for (const { day, query } of countsOf(tx).find((stored) => stored.day <= last))
        countsOf(tx).delete(`${day} ${query}`);
      await Promise.resolve();
    }),
});
