import type { Filter, Range } from '#adapters/mongo/filters.ts';
import type { CollectionDeclaration } from '#adapters/mongo/indexes.ts';
import type { MongoDatabase } from '#adapters/mongo/mongo-database.ts';
import type { MongoUnit } from '#adapters/mongo/unit-of-work.ts';
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

/** The field with what a record owes (`RecordKind.owes`), and the one with its revision since when. */
export const OWES = 'owes';
export const OWES_SINCE = 'owes_since';

type Fields = Readonly<Record<string, Scalar | readonly Scalar[]>>;

/** The record as JSON text, because texts of people may contain anything, with its heavy properties apart. */
export interface Body {
  readonly revision: number;
  /** As `RecordKind.form`, when it was stored. */
  readonly form?: number;
  readonly json: string;
  readonly heavy: string;
  readonly fields: Fields;
}

/** @param indexes the fields of each, in order; each ends with the ID, so that a page begins where the one before ended */
export const recordCollection = (
  { name }: Pick<RecordKind<Stored>, 'name'>,
  ...indexes: readonly (readonly string[])[]
): CollectionDeclaration => ({
  name,
  indexes: indexes.map((fields) => ({
    name: fields.join('_'),
    key: {
      ...Object.fromEntries(fields.map((field): [string, 1] => [pathOf(field), 1])),
      _id: 1,
    },
  })),
});

/** Of a field in a document. */
export const pathOf = (field: string): string => `body.fields.${field}`;

/** Only `putOwing` stores bodies of a kind, so this is a record of that kind. */
export const fromBody = ({ json, heavy }: Body): object => ({
  ...(JSON.parse(json) as object),
  ...(JSON.parse(heavy) as object),
});

const toBody = <T extends Stored, Heavy extends keyof T & string>(
  record: T,
  { fields, form, heavy = [] }: RecordKind<T, Heavy>,
  debt: Fields,
): Body => {
  const apart = new Set<string>(heavy);
  const entries = Object.entries(record);
  return {
    revision: record.revision,
    ...(form !== undefined && { form }),
    json: JSON.stringify(Object.fromEntries(entries.filter(([key]) => !apart.has(key)))),
    heavy: JSON.stringify(Object.fromEntries(entries.filter(([key]) => apart.has(key)))),
    fields: {
      ...Object.fromEntries(
        Object.entries(fields).flatMap(([field, { of }]) => {
          const value = of(record);
          return value === undefined ? [] : [[field, value]];
        }),
      ),
      ...debt,
    },
  };
};

/** @param debt what it owes, as fields */
export const putOwing = <T extends Stored, Heavy extends keyof T & string>(
  unit: MongoUnit,
  kind: RecordKind<T, Heavy>,
  record: T,
  debt: Fields,
): Promise<void> => {
  const unique = kind.nameOf?.(record);
  return unit.put(kind.name, record.id, toBody(record, kind, debt), unique === undefined ? [] : [unique]);
};

const debtIn = (body: Pick<Body, 'fields'> | undefined): Fields => {
  const { [OWES]: owes, [OWES_SINCE]: since } = body?.fields ?? {};
  return owes === undefined || since === undefined ? {} : { [OWES]: owes, [OWES_SINCE]: since };
};

/** Stores a record as it is; it owes what it owed. */
export const putRecord = async <T extends Stored, Heavy extends keyof T & string>(
  unit: MongoUnit,
  kind: RecordKind<T, Heavy>,
  record: T,
): Promise<void> => {
  const body = await unit.find<Body>(kind.name, record.id);
  await putOwing(unit, kind, record, debtIn(body));
};

const conditionOf = (wanted: Scalar | readonly Scalar[]): Scalar | Range =>
  isList(wanted) ? { $in: wanted } : wanted;

const filterOf = (selection: Pick<Selection, 'where' | 'from'>): Filter => ({
  ...Object.fromEntries(
    conditionsOf(selection).map(([field, wanted]) => [pathOf(field), conditionOf(wanted)] as const),
  ),
  ...(selection.from && { [pathOf(selection.from.field)]: { $gte: selection.from.least } }),
});

/** Counted here, from the index: there is no operator for it that all servers have. */
const countIn = async (
  database: MongoDatabase,
  name: string,
  field: string,
  where: Selection['where'],
): Promise<ReadonlyMap<Scalar, number>> => {
  const found = await database
    .stored<Body>(name)
    .find<{ readonly body?: Pick<Body, 'fields'> }>(filterOf({ where }), {
      fields: [pathOf(field)],
    });
  const values = found.flatMap(({ body }) => body?.fields[field] ?? []);
  const counts = new Map<Scalar, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

export const mongoRecords = <T extends Stored, Heavy extends keyof T & string>(
  unit: MongoUnit,
  kind: RecordKind<T, Heavy>,
): Records<T> => {
  const { name, nameOf } = kind;
  const find = async (id: string): Promise<T | undefined> => {
    const body = await unit.find<Body>(name, id);
    return body && (fromBody(body) as T);
  };
  const idByName = async (wanted: string): Promise<string | undefined> => {
    const [found] = await unit.database.stored<Body>(name).find({ unique: wanted }, { limit: 1 });
    return found?.body && found._id;
  };
  return {
    find,
    lock: find,
    count: (field, where) => countIn(unit.database, name, field, where),
    byName: async (wanted) => {
      const id = await idByName(wanted);
      return id === undefined ? undefined : find(id);
    },
    save: async (record) => {
      const { id, revision } = record;
      const body = await unit.find<Body>(name, id);
      if ((body?.revision ?? 0) !== revision - 1) throw new VersionConflict(name);
      const unique = nameOf?.(record);
      if (unique !== undefined) {
        const owner = await idByName(unique);
        if (owner !== undefined && owner !== id) throw new VersionConflict(`${name}: ${unique}`);
      }
      const owes = kind.owes?.(body && (fromBody(body) as T), record);
      const debt = owes === undefined ? debtIn(body) : { [OWES]: owes, [OWES_SINCE]: revision };
      await putOwing(unit, kind, record, debt);
    },
  };
};

/** What follows a record in the order; those with the same value are ordered by ID. */
const rangeAfter = ({ by, isDescending = false, after }: Selection): Filter => {
  if (!after) return {};
  const { value, id } = after;
  const following = (than: Scalar): Range => (isDescending ? { $lt: than } : { $gt: than });
  if (by === undefined) return { _id: following(id) };
  return {
    [pathOf(by)]: isDescending ? { $lte: value } : { $gte: value },
    $or: [{ [pathOf(by)]: following(value) }, { _id: following(id) }],
  };
};

export const mongoRecordQueries = <T extends Stored, Heavy extends keyof T & string>(
  database: MongoDatabase,
  { name }: RecordKind<T, Heavy>,
): RecordQueries<T, Omit<T, Heavy>> => {
  const stored = database.stored<Body>(name);
  return {
    find: async (id) => {
      const body = (await stored.get(id))?.body;
      return body && (fromBody(body) as T);
    },
    select: async (selection) => {
      const { by, isDescending = false, limit } = selection;
      const direction = isDescending ? -1 : 1;
      const found = await stored.find<{ readonly body?: Pick<Body, 'json'> }>(
        { ...filterOf(selection), ...rangeAfter(selection) },
        {
          sort: { ...(by === undefined ? {} : { [pathOf(by)]: direction }), _id: direction },
          limit,
          fields: ['body.json'],
        },
      );
      return found.flatMap(({ body }) => (body ? [JSON.parse(body.json) as Omit<T, Heavy>] : []));
    },
    count: (field, where) => countIn(database, name, field, where),
  };
};
