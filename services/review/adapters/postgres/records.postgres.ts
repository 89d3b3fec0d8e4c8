import { findInBatches } from '#adapters/batching/find-in-batches.ts';
import { savesIn } from '#adapters/postgres/saves.ts';
import type { Sql } from '#adapters/postgres/sql.ts';
import type { SqlTransaction, Write } from '#adapters/postgres/unit-of-work.ts';
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

interface Row<T> {
  readonly document: T;
}

/** Collects parameters, and makes conditions with their numbers. */
const statementFor = <T extends Stored>({ fields }: Pick<RecordKind<T>, 'fields'>) => {
  const params: unknown[] = [];
  const param = (value: unknown, type: string): string => `$${params.push(value)}::${type}`;
  const typeOf = (field: string): string => fields[field]?.type ?? 'uuid';
  const where = (selection: Pick<Selection, 'where' | 'from'>): string[] => [
    ...conditionsOf(selection).map(([field, wanted]) => {
      const type = typeOf(field);
      const some = (): string => param(isList(wanted) ? wanted : [wanted], `${type}[]`);
      if (fields[field]?.isList) return `${field} && ${some()}`;
      return isList(wanted) ? `${field} = any(${some()})` : `${field} = ${param(wanted, type)}`;
    }),
    ...(selection.from
      ? [`${selection.from.field} >= ${param(selection.from.least, typeOf(selection.from.field))}`]
      : []),
  ];
  return { params, param, typeOf, where };
};

const whereOf = (conditions: readonly string[]): string => ['true', ...conditions].join(' and ');

const readsOf = <T extends Stored, Heavy extends keyof T & string>(
  sql: Pick<Sql, 'query'>,
  schema: string,
  kind: RecordKind<T, Heavy>,
): Pick<RecordQueries<T>, 'find' | 'count'> => {
  const table = `${schema}.${kind.name}`;
  return {
    find: findInBatches(async (ids) => {
      const text = `select document from ${table} where record_id = any($1::uuid[])`;
      return (await sql.query<Row<T>>(text, [ids])).map(({ document }) => document);
    }),
    count: async (field, selected) => {
      const { params, where } = statementFor(kind);
      const text = `select ${field} as value, count(*)::int as count from ${table} where ${whereOf(where({ where: selected }))} group by ${field}`;
      const rows = await sql.query<{ readonly value: Scalar; readonly count: number }>(text, params);
      return new Map(rows.map(({ value, count }) => [value, count]));
    },
  };
};

/** @param schema of the service; each kind has a table there, made by a migration */
export const postgresRecords = <T extends Stored, Heavy extends keyof T & string>(
  tx: SqlTransaction,
  schema: string,
  kind: RecordKind<T, Heavy>,
): Records<T> => {
  const { name, fields, nameOf } = kind;
  const table = `${schema}.${name}`;
  const columns = [
    ...Object.entries(fields).map(
      ([column, { type, isList: isSeveral = false }]) => [column, isSeveral ? `${type}[]` : type] as const,
    ),
    ...(nameOf ? [['name', 'text'] as const] : []),
  ];
  const names = columns.map(([column]) => column);
  const all = [['record_id', 'uuid'], ['revision', 'integer'], ['document', 'jsonb'], ...columns] as const;
  const saved = `jsonb_to_recordset($1::jsonb) as saved (${all.map((column) => column.join(' ')).join(', ')})`;
  const insertion = `insert into ${table} (${all.map(([column]) => column).join(', ')})
    select saved.* from ${saved} on conflict do nothing`;
  const update = `update ${table} as r
    set ${['revision', 'document', ...names].map((column) => `${column} = saved.${column}`).join(', ')}
    from ${saved} where r.record_id = saved.record_id and r.revision = saved.revision - 1`;
  const rowOf = (record: T) => ({
    record_id: record.id,
    revision: record.revision,
    document: record,
    ...Object.fromEntries(Object.entries(fields).map(([column, { of }]) => [column, of(record)])),
    ...(nameOf && { name: nameOf(record) }),
  });
  const writing = (text: string, records: readonly T[]): readonly Write[] =>
    records.length === 0
      ? []
      : [{ table: name, text, params: [JSON.stringify(records.map(rowOf))], rows: records.length }];
  const { save, seenBy } = savesIn<T>(
    tx,
    (record) => [record.id],
    (records) => [
      ...writing(
        insertion,
        records.filter(({ revision }) => revision === 1),
      ),
      ...writing(
        update,
        records.filter(({ revision }) => revision > 1),
      ),
    ],
  );
  const reads = readsOf(tx, schema, kind);
  return {
    save,
    find: seenBy(reads.find),
    count: seenBy(reads.count),
    lock: seenBy(
      async (id) =>
        (await tx.execute<Row<T>>(`select document from ${table} where record_id = $1 for update`, [id]))[0]
          ?.document,
    ),
    byName: seenBy(
      async (wanted) =>
        (await tx.query<Row<T>>(`select document from ${table} where name = $1`, [wanted]))[0]?.document,
    ),
  };
};

export const postgresRecordQueries = <T extends Stored, Heavy extends keyof T & string>(
  sql: Pick<Sql, 'query'>,
  schema: string,
  kind: RecordKind<T, Heavy>,
): RecordQueries<T, Omit<T, Heavy>> => {
  const { name, heavy = [] } = kind;
  return {
    ...readsOf(sql, schema, kind),
    select: async (selection) => {
      const { by, isDescending = false, after, limit } = selection;
      const { params, param, typeOf, where } = statementFor(kind);
      const conditions = where(selection);
      const direction = isDescending ? 'desc' : 'asc';
      const comparison = isDescending ? '<' : '>';
      if (after)
        conditions.push(
          by === undefined
            ? `record_id ${comparison} ${param(after.id, 'uuid')}`
            : `(${by}, record_id) ${comparison} (${param(after.value, typeOf(by))}, ${param(after.id, 'uuid')})`,
        );
      const order = [...(by === undefined ? [] : [by]), 'record_id'].map(
        (column) => `${column} ${direction}`,
      );
      const light = heavy.length === 0 ? 'document' : `document - ${param(heavy, 'text[]')} as document`;
      const text = `select ${light} from ${schema}.${name} where ${whereOf(conditions)} order by ${order.join(', ')} limit ${param(limit, 'int')}`;
      return (await sql.query<Row<Omit<T, Heavy>>>(text, params)).map(({ document }) => document);
    },
  };
};
