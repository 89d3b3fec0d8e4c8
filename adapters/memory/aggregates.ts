import type { Aggregates, Versioned } from '#kernel/process.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import type { MemoryTables, MemoryTransaction } from './memory-database.ts';

/** The table of a service's aggregates. */
export const aggregatesOf = <State>(tables: MemoryTables, table: string) =>
  tables.table<Versioned<State>>(table);

/** Aggregates in memory. */
export const memoryAggregates = <State, Event>(
  tx: MemoryTransaction,
  table: string,
): Aggregates<State, Event> => {
  const rows = aggregatesOf<State>(tx, table);
  return {
    find: (ids) => {
      const found = ids.map((id) => [id, rows.get(id)] as const);
      return Promise.resolve(
        new Map(found.filter((pair): pair is [string, Versioned<State>] => pair[1] !== undefined)),
      );
    },
    save: async (...changes) => {
      for (const { id, state, version, events } of changes) {
        if ((rows.get(id)?.version ?? 0) !== version - events.length) throw new VersionConflict(table);
        rows.put(id, { state, version });
      }
      await Promise.resolve();
    },
  };
};
