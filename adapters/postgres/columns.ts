/**
 * A column per property: its type, or its type and name where the name is not that of the property (`cart_id` for
 * `cartId`). An object's properties may have columns of their own; if all are null, there is no object.
 */
export type Columns<T> = { readonly [Name in keyof T]-?: Column<NonNullable<T[Name]>> };

type Column<V> = SqlType<V> | readonly [type: SqlType<V>, name: string] | Embedded<V>;
type Embedded<V> = V extends Date | readonly unknown[] ? never : V extends object ? Columns<V> : never;

type SqlType<V> = [V] extends [string]
  ? 'text' | 'uuid' | 'date'
  : [V] extends [number]
    ? 'smallint' | 'integer' | 'bigint'
    : [V] extends [boolean]
      ? 'boolean'
      : [V] extends [Date]
        ? 'timestamptz'
        : [V] extends [Json<V>]
          ? 'jsonb'
          : never;

/** Not a `V` that has dates, which JSON returns as text. */
type Json<V> = V extends Date ? never : V extends object ? { readonly [Name in keyof V]: Json<V[Name]> } : V;

/** Columns for readers of SQL, by name: they are written, but not read. */
export type Derived<T> = Readonly<Record<string, readonly [type: string, valueOf: (record: T) => unknown]>>;

/** `Columns` of any type. */
export interface Shape {
  readonly [property: string]: string | readonly [type: string, name: string] | Shape;
}

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

export interface StoredColumn<T> {
  readonly name: string;
  readonly type: string;
  /** Its value in a record, as a parameter. */
  readonly valueOf: (record: T) => unknown;
}

export const columnsOf = (shape: Shape): readonly StoredColumn<object>[] =>
  Object.entries(shape).flatMap(([property, column]) => {
    const valueOf = (record: object): unknown => (record as Row)[property];
    if (isEmbedded(column))
      return columnsOf(column).map((inner) => ({
        ...inner,
        valueOf: (record: object) => inner.valueOf(valueOf(record) ?? {}),
      }));
    const type = typeof column === 'string' ? column : column[0];
    return [
      { name: nameOf(shape, property), type, valueOf: (record: object) => stored(type, valueOf(record)) },
    ];
  });

export const derivedColumnsOf = <T>(derived: Derived<T>): readonly StoredColumn<T>[] =>
  Object.entries(derived).map(([name, [type, valueOf]]) => ({
    name,
    type,
    valueOf: (record) => stored(type, valueOf(record)),
  }));

/** Converts rows to records: null is `undefined`, and so is an object whose columns are all null. */
export const readerOf = (shape: Shape): ((row: Row) => object | undefined) => {
  const readers = Object.entries(shape).map(([property, column]) => {
    if (isEmbedded(column)) return [property, readerOf(column)] as const;
    const name = nameOf(shape, property);
    return [property, (row: Row) => row[name] ?? undefined] as const;
  });
  return (row) => {
    const values = readers.map(([property, read]) => [property, read(row)] as const);
    return values.some(([, value]) => value !== undefined) ? Object.fromEntries(values) : undefined;
  };
};

const isEmbedded = (column: Shape[string]): column is Shape => typeof column === 'object' && !isNamed(column);

const isNamed = (column: unknown): column is readonly [type: string, name: string] => Array.isArray(column);

/** The name of a property's column; `cart_id` for `cartId` by default. */
export const nameOf = (shape: Shape, property: string): string => {
  const column = shape[property];
  if (isNamed(column)) return column[1];
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
};

const stored = (type: string, value: unknown): unknown => {
  if (value === undefined || value === null) return null;
  return type === 'jsonb' ? JSON.stringify(value) : value;
};
