import type { Aggregates, Change, Versioned } from '#kernel/process.ts';
import type { Kind } from './recent.ts';
import { postgresRecords } from './records.ts';
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
export const guarded = <State, Event, T>(
  table: Pick<Table<T>, 'save'>,
  changes: readonly Change<State, Event>[],
  recordOf: (change: Change<State, Event>) => T,
): readonly Write[] =>
  table.save(changes.map((change) => ({ record: recordOf(change), before: versionBefore(change) })));

/** Aggregates in SQL, as records with their events. */
export const postgresAggregates = <State, Event>(
  tx: SqlTransaction,
  kind: Kind<Versioned<State>>,
  { read, write }: AggregateStore<State, Event>,
): Aggregates<State, Event> => {
  const events = new Map<string, readonly Event[]>();
  const { find, save } = postgresRecords<Versioned<State>>(tx, kind, {
    find: read,
    save: (saved) => write(saved.map(({ id, record }) => ({ id, ...record, events: events.get(id) ?? [] }))),
  });
  return {
    find,
    save: async (...changes) => {
      for (const change of changes) {
        const { id, state, version } = change;
        events.set(id, [...(events.get(id) ?? []), ...change.events]);
        await save(id, { state, version }, versionBefore(change));
      }
    },
  };
};
