import {
  columnsOf,
  derivedColumnsOf,
  nameOf,
  readerOf,
  type Columns,
  type Derived,
  type Row,
  type Shape,
} from './columns.ts';
import type { Saved } from './records.ts';
import type { Sql } from './sql.ts';
import type { Write } from './unit-of-work.ts';

export interface TableDeclaration<T> {
  /** With its schema: `payment.payments`. */
  readonly name: string;
  /** Properties that identify a record. */
  readonly key: readonly [keyof T & string, ...(keyof T & string)[]];
  readonly columns: Columns<T> & Shape;
  readonly derived?: Derived<T>;
}

/** How an upsert changes existing rows. */
export interface Upsert {
  /** Names of columns; all by default. */
  readonly changing?: readonly string[];
  /** A condition on the row and on `excluded`. The unit fails with a `VersionConflict` if an existing row does not meet it. */
  readonly where?: string;
}

/**
 * Records of a table: reads, and writes of many records, each as one statement whose text does not depend on their number.
 * Without records there is no write.
 */
export interface Table<T> {
  /** The columns, for a SELECT that joins tables. */
  readonly columns: (alias: string) => string;
  /** The record in a row with these columns. */
  readonly of: (row: Row) => T;
  /** @param clauses what follows FROM: `where order_id = $1` */
  readonly select: (sql: Pick<Sql, 'query'>, clauses: string, params?: readonly unknown[]) => Promise<T[]>;
  /** Existing records by id, for a key of one column. */
  readonly find: (sql: Pick<Sql, 'query'>, ids: readonly string[]) => Promise<ReadonlyMap<string, T>>;
  /** The unit fails with a `VersionConflict` if one of the records exists. */
  readonly insert: (records: readonly T[]) => readonly Write[];
  /** Existing records stay as they are. */
  readonly insertMissing: (records: readonly T[]) => readonly Write[];
  /** Inserts new records and updates others. The unit fails with a `VersionConflict` if a row's `version` is not that before the change. */
  readonly save: (changes: readonly Pick<Saved<T>, 'record' | 'before'>[]) => readonly Write[];
  readonly upsert: (records: readonly T[], how?: Upsert) => readonly Write[];
}

export const declareTable = <T extends object>(declaration: TableDeclaration<T>): Table<T> => {
  const { name, columns, derived = {} } = declaration;
  const table = name.replace(/^.*[.]/, '');
  const read = readerOf(columns);
  const readable = columnsOf(columns).map((column) => column.name);
  const all = [...columnsOf(columns), ...derivedColumnsOf(derived)];
  const names = all.map((column) => column.name);
  const keys = declaration.key.map((property) => nameOf(columns, property));
  const list = names.join(', ');
  const arrays = all.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
  const insertion = `insert into ${name} (${list}) select * from unnest(${arrays})`;
  const insertingMissing = `${insertion} on conflict do nothing`;
  const updating = `
    update ${name} as t set ${names.map((column) => `${column} = changed.${column}`).join(', ')}
    from unnest(${arrays}, $${names.length + 1}::bigint[]) as changed (${list}, found_version)
    where ${keys.map((column) => `t.${column} = changed.${column}`).join(' and ')} and t.version = changed.found_version`;

  /** One array per column. */
  const paramsOf = (records: readonly T[]): unknown[] => all.map(({ valueOf }) => records.map(valueOf));
  const write = (records: readonly T[], text: string, more: readonly unknown[] = []): readonly Write[] =>
    records.length === 0 ? [] : [{ table, text, params: [...paramsOf(records), ...more] }];
  /** Fails with a `VersionConflict` unless all records are written. */
  const writeAll = (...args: Parameters<typeof write>): readonly Write[] =>
    write(...args).map((one) => ({ ...one, rows: args[0].length }));
  // The declaration has a column for each property of a `T`.
  const of = (row: Row): T => (read(row) ?? {}) as T;
  const select: Table<T>['select'] = async (sql, clauses, params) =>
    (await sql.query<Row>(`select ${readable.join(', ')} from ${name} ${clauses}`, params)).map(of);

  return {
    columns: (alias) => readable.map((column) => `${alias}.${column}`).join(', '),
    of,
    select,
    find: async (sql, ids) => {
      const records = await select(sql, `where ${keys.join(', ')} = any($1)`, [ids]);
      return new Map(records.map((record) => [String(record[declaration.key[0]]), record]));
    },
    insert: (records) => writeAll(records, insertingMissing),
    insertMissing: (records) => write(records, insertingMissing),
    save: (changes) => {
      const recordsOf = (some: typeof changes): readonly T[] => some.map(({ record }) => record);
      const fresh = changes.filter(({ before }) => before === 0);
      const found = changes.filter(({ before }) => before > 0);
      const versions = found.map(({ before }) => before);
      return [
        ...writeAll(recordsOf(fresh), insertingMissing),
        ...writeAll(recordsOf(found), updating, [versions]),
      ];
    },
    upsert: (records, { changing = names, where } = {}) => {
      const changes = changing.map((column) => `${column} = excluded.${column}`).join(', ');
      const text = `${insertion} on conflict (${keys.join(', ')}) do update set ${changes}`;
      return where === undefined ? write(records, text) : writeAll(records, `${text} where ${where}`);
    },
  };
};
