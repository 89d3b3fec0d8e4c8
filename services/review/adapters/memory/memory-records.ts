import type { MemoryDatabase, MemoryTables, MemoryTransaction } from '#adapters/memory/memory-database.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import {
  conditionsOf,
  isList,
  type RecordKind,
  type RecordQueries,
  type Records,
  type Scalar,
  type Selection,
  type Stored,
} from '../records.ts';

const tablesOf = <T>(tables: MemoryTables, name: string) => ({
  rows: tables.table<T>(name),
  /** The ID of the record that has a name. */
  names: tables.table<string>(`names of ${name}`),
});

const compare = (a: Scalar, b: Scalar): number => (a < b ? -1 : a > b ? 1 : 0);

const readsOf = <T extends Stored, Heavy extends keyof T & string>(
  tables: MemoryTables,
  { name, fields }: RecordKind<T, Heavy>,
) => {
  const { rows } = tablesOf<T>(tables, name);
  const valuesOf = (record: T, field: string): readonly Scalar[] => {
    const value = fields[field]?.of(record);
    return value === undefined ? [] : isList(value) ? value : [value];
  };
  const passes =
    (selection: Pick<Selection, 'where' | 'from'>) =>
    (record: T): boolean =>
      conditionsOf(selection).every(([field, wanted]) => {
        const some = isList(wanted) ? wanted : [wanted];
        return valuesOf(record, field).some((value) => some.includes(value));
      }) &&
      (!selection.from ||
        valuesOf(record, selection.from.field).every((value) => value >= (selection.from?.least ?? '')));
  return {
    valuesOf,
    matching: (selection: Pick<Selection, 'where' | 'from'>): readonly T[] => rows.find(passes(selection)),
    find: (id: string) => Promise.resolve(rows.get(id)),
    count: (field: string, where: Selection['where']): Promise<ReadonlyMap<Scalar, number>> => {
      const groups = Map.groupBy(rows.find(passes({ where })), (record) => valuesOf(record, field)[0] ?? '');
      return Promise.resolve(new Map([...groups].map(([value, records]) => [value, records.length])));
    },
  };
};

export const memoryRecords = <T extends Stored, Heavy extends keyof T & string>(
  tx: MemoryTransaction,
  kind: RecordKind<T, Heavy>,
): Records<T> => {
  const { name, nameOf } = kind;
  const { rows, names } = tablesOf<T>(tx, name);
  const { find, count } = readsOf(tx, kind);
  return {
    find,
    lock: find,
    count,
    byName: (wanted) => find(names.get(wanted) ?? ''),
    save: async (record) => {
      const before = rows.get(record.id);
      if ((before?.revision ?? 0) !== record.revision - 1) throw new VersionConflict(name);
      const [former, next] = [before && nameOf?.(before), nameOf?.(record)];
      if (former !== undefined) names.delete(former);
      if (next !== undefined) {
        if (names.get(next) !== undefined) throw new VersionConflict(`${name}: ${next}`);
        names.put(next, record.id);
      }
      rows.put(record.id, record);
      await Promise.resolve();
    },
  };
};

export const memoryRecordQueries = <T extends Stored, Heavy extends keyof T & string>(
  { committed }: MemoryDatabase,
  kind: RecordKind<T, Heavy>,
): RecordQueries<T, Omit<T, Heavy>> => {
  const { find, count, matching, valuesOf } = readsOf(committed, kind);
  const withoutHeavy = (record: T): Omit<T, Heavy> => {
    const light: Partial<T> = { ...record };
    for (const property of kind.heavy ?? []) Reflect.deleteProperty(light, property);
    return light as Omit<T, Heavy>; // only heavy properties were deleted
  };
  return {
    find,
    count,
    select: (selection) => {
      const { by, isDescending = false, after, limit } = selection;
      const placeOf = (record: T): readonly [Scalar, string] => [
        by === undefined ? record.id : (valuesOf(record, by)[0] ?? ''),
        record.id,
      ];
      const order = (a: readonly [Scalar, string], b: readonly [Scalar, string]): number =>
        (isDescending ? -1 : 1) * (compare(a[0], b[0]) || compare(a[1], b[1]));
      const found = matching(selection)
        .filter((record) => !after || order(placeOf(record), [after.value, after.id]) > 0)
        .sort((a, b) => order(placeOf(a), placeOf(b)));
      return Promise.resolve(found.slice(0, limit).map(withoutHeavy));
    },
  };
};
