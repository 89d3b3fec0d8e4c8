import type { Change } from '#kernel/process.ts';
import { versionBefore } from './aggregates.ts';
import type { Write } from './unit-of-work.ts';

/** A column: its type in SQL, and its value in the row of a `T`. Values of `jsonb` are stringified. */
export type Column<T> = readonly [type: string, valueOf: (source: T) => unknown];

export interface TableDeclaration<T> {
  /** With its schema: `payment.payments`. */
  readonly name: string;
  readonly columns: Readonly<Record<string, Column<T>>>;
}

/** Writes of many rows, each as one statement whose text does not depend on their number. Without rows there is no write. */
export interface Table<T> {
  insert(rows: readonly T[]): readonly Write[];
  /** The unit fails with a `VersionConflict` if one of the rows exists. */
  insertNew(rows: readonly T[]): readonly Write[];
  /** The unit fails with a `VersionConflict` if a row's version differs from the given one. */
  update(rows: readonly T[], versionOf: (row: T) => number): readonly Write[];
  /** Inserts rows, or changes `columns` of existing ones; all columns by default. */
  upsert(rows: readonly T[], columns?: readonly string[]): readonly Write[];
}

/** @param key column that identifies a row, for `update` and `upsert` */
export const declareTable = <T>({ name, columns }: TableDeclaration<T>, key: string): Table<T> => {
  const table = name.replace(/^.*[.]/, '');
  const names = Object.keys(columns);
  const list = names.join(', ');
  const arrays = Object.values(columns)
    .map(([type], index) => `$${index + 1}::${type}[]`)
    .join(', ');
  const insertion = `insert into ${name} (${list}) select * from unnest(${arrays})`;
  const updating = `
    update ${name} as t set ${names.map((column) => `${column} = changed.${column}`).join(', ')}
    from unnest(${arrays}, $${names.length + 1}::bigint[]) as changed (${list}, found_version)
    where t.${key} = changed.${key} and t.version = changed.found_version`;

  /** One array per column. */
  const paramsOf = (rows: readonly T[]): unknown[] =>
    Object.values(columns).map(([type, valueOf]) => rows.map((row) => stored(type, valueOf(row))));
  const write = (rows: readonly T[], text: string, extra: Partial<Write> = {}): readonly Write[] =>
    rows.length === 0 ? [] : [{ table, text, params: paramsOf(rows), ...extra }];

  return {
    insert: (rows) => write(rows, insertion),
    insertNew: (rows) => write(rows, `${insertion} on conflict do nothing`, { rows: rows.length }),
    update: (rows, versionOf) =>
      write(rows, updating, { params: [...paramsOf(rows), rows.map(versionOf)], rows: rows.length }),
    upsert: (rows, changing = names) => {
      const changes = changing.map((column) => `${column} = excluded.${column}`).join(', ');
      return write(rows, `${insertion} on conflict (${key}) do update set ${changes}`);
    },
  };
};

const stored = (type: string, value: unknown): unknown => {
  if (value === undefined || value === null) return null;
  return type === 'jsonb' ? JSON.stringify(value) : value;
};

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
