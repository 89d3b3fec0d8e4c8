import type { Aggregates, Change, Versioned } from '#kernel/process.ts';
import { recallFrom } from './recall.ts';
import type { Kind } from './recent.ts';
import type { Table } from './table.ts';
import type { SqlTransaction, Write } from './unit-of-work.ts';

/** How the aggregates of a service are read and written. */
export interface AggregateStore<State, Event> {
  /** Those that exist, by id. */
  readonly read: (sql: Pick<SqlTransaction, 'query'>, ids: readonly string[]) => Promise<Found<State>>;
  /** @param changes sorted by id, one per aggregate */
  readonly write: (changes: readonly Change<State, Event>[]) => readonly Write[];
}

export type Found<State> = ReadonlyMap<string, Versioned<State>>;

/** The version that an aggregate had before a change; 0 for one that did not exist. */
export const versionBefore = ({ version, events }: Change<unknown, unknown>): number =>
  version - events.length;

/** Inserts what is new and updates the rest, guarded by the versions that were found. */
export const guarded = <State, Event>(
  table: Table<Change<State, Event>>,
  changes: readonly Change<State, Event>[],
): readonly Write[] => [
  ...table.insertNew(changes.filter((change) => versionBefore(change) === 0)),
  ...table.update(
    changes.filter((change) => versionBefore(change) > 0),
    versionBefore,
  ),
];

/**
 * Aggregates in SQL: read without a lock, through the memory of the process, and written at the end of the unit. Rows are
 * written in the order of their ids, so that two units that change the same aggregates do not wait for each other.
 */
export const postgresAggregates = <State, Event>(
  tx: SqlTransaction,
  kind: Kind<Versioned<State>>,
  { read, write }: AggregateStore<State, Event>,
): Aggregates<State, Event> => {
  const recalled = recallFrom(tx, kind);
  const saved = new Map<string, Change<State, Event>>();
  const flush = async (): Promise<void> => {
    const changes = [...saved.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const statement of write(changes)) await tx.write(statement);
  };
  return {
    find: (ids) => recalled.find(ids, (unknown) => read(tx, unknown)),
    save: async (...changes) => {
      if (saved.size === 0 && changes.length > 0) tx.beforeCommit(flush);
      for (const change of changes) {
        const { id, state, version } = change;
        const events = [...(saved.get(id)?.events ?? []), ...change.events];
        saved.set(id, { ...change, events });
        recalled.saved(id, { state, version });
      }
      await Promise.resolve();
    },
  };
};
