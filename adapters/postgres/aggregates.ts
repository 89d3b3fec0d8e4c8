import type { Aggregates, Change, Versioned } from '#kernel/process.ts';
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
 * Aggregates in SQL: read without a lock, and written at the end of the unit. Rows are written in the order of their ids,
 * so that two units that change the same aggregates do not wait for each other.
 *
 * A process that is the only writer does not read what it has committed itself. That is a guess like any optimistic read:
 * the versions guard the write, and a unit that fails runs again with a read.
 */
export const postgresAggregates = <State, Event>(
  tx: SqlTransaction,
  { read, write }: AggregateStore<State, Event>,
): Aggregates<State, Event> => {
  const saved = new Map<string, Change<State, Event>>();
  const flush = async (): Promise<void> => {
    const changes = [...saved.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const statement of write(changes)) await tx.write(statement);
  };
  const remember = (): void => {
    for (const { id, state, version } of saved.values())
      if ((tx.recent?.get(id)?.version ?? 0) < version)
        tx.recent?.set(id, { state, version } as Versioned<State>);
  };
  const forget = (): void => {
    for (const id of saved.keys()) tx.recent?.delete(id);
  };
  return {
    find: async (ids) => {
      const found = new Map<string, Versioned<State>>();
      for (const id of ids) {
        const recent = saved.has(id) ? undefined : tx.recent?.get(id);
        if (recent && tx.mayAssume()) found.set(id, recent as Versioned<State>);
      }
      const unknown = ids.filter((id) => !saved.has(id) && !found.has(id));
      if (unknown.length > 0) for (const [id, one] of await read(tx, unknown)) found.set(id, one);
      for (const id of ids) {
        const own = saved.get(id);
        if (own) found.set(id, { state: own.state, version: own.version });
      }
      return found;
    },
    save: async (...changes) => {
      if (saved.size === 0 && changes.length > 0) {
        tx.beforeCommit(flush);
        tx.onCommit(remember);
        tx.onFailure(forget);
      }
      for (const change of changes) {
        const events = [...(saved.get(change.id)?.events ?? []), ...change.events];
        saved.set(change.id, { ...change, events });
      }
      await Promise.resolve();
    },
  };
};
