/** A value that records are looked up by. Times are ISO 8601 in UTC with milliseconds, so that their order is that of the text. */
export type Scalar = string | number;

export interface Field<T> {
  readonly type: 'uuid' | 'text' | 'integer' | 'timestamptz';
  /** Undefined for records that are not looked up by it. */
  readonly of: (record: T) => Scalar | readonly Scalar[] | undefined;
  /** It has several values. */
  readonly isList?: true;
}

/** Plain JSON, stored as a whole. */
export interface Stored {
  /** A UUID. */
  readonly id: string;
  /** Counts changes from 1. */
  readonly revision: number;
}

/** Records of one kind, as data: each store keeps them as JSON, with the fields that they are looked up by beside it. */
export interface RecordKind<T extends Stored, Heavy extends keyof T & string = never> {
  /** The name of their table or collection. */
  readonly name: string;
  /** By name of column. */
  readonly fields: Readonly<Record<string, Field<T>>>;
  /** Unique within the kind. */
  readonly nameOf?: (record: T) => string | undefined;
  /** Changes when reads come to rely on something that documents of earlier releases lack. SQL has migrations for that. */
  readonly form?: number;
  /**
   * What no longer fits the record after this change, and is brought up to date later where a unit saves one object. Undefined if the
   * change has no such consequence.
   */
  readonly owes?: (before: T | undefined, after: T) => string | undefined;
  /** Properties that lists leave out. */
  readonly heavy?: readonly Heavy[];
}

/** Which records of a kind, and in which order. */
export interface Selection {
  /** Values of fields: one of several values if it is a list. A field with several values must have one of them. */
  readonly where: Readonly<Record<string, Scalar | readonly Scalar[] | undefined>>;
  /** The least value of a field. */
  readonly from?: { readonly field: string; readonly least: Scalar };
  /** By ID when absent; records with equal values are ordered by ID. */
  readonly by?: string;
  readonly isDescending?: boolean;
  /** The last record of the page before. */
  readonly after?: { readonly value: Scalar; readonly id: string } | undefined;
  readonly limit: number;
}

/** What both a unit of work and the committed state can do. */
interface Reads<T> {
  readonly find: (id: string) => Promise<T | undefined>;
  /** How many records have each value of a field, of those that `where` selects. */
  readonly count: (field: string, where: Selection['where']) => Promise<ReadonlyMap<Scalar, number>>;
}

/** Records in a unit of work. */
export interface Records<T> extends Reads<T> {
  /** As `find`; where the store has locks, other units that lock the record wait for the end of this one. */
  readonly lock: (id: string) => Promise<T | undefined>;
  readonly byName: (name: string) => Promise<T | undefined>;
  /** Throws `VersionConflict` unless it follows the stored revision, and if its name is taken. */
  readonly save: (record: T) => Promise<void>;
}

/** Committed records. */
export interface RecordQueries<T, Listed = T> extends Reads<T> {
  readonly select: (selection: Selection) => Promise<readonly Listed[]>;
}

/** Conditions that are set. */
export const conditionsOf = ({
  where,
}: Pick<Selection, 'where'>): readonly (readonly [string, Scalar | readonly Scalar[]])[] =>
  Object.entries(where).flatMap(([field, value]) => (value === undefined ? [] : [[field, value] as const]));

export const isList = (value: Scalar | readonly Scalar[]): value is readonly Scalar[] => Array.isArray(value);
