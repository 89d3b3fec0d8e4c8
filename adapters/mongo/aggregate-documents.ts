import type { DocumentQueries, Documents, StoredDocument } from '#kernel/documents.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import type { CollectionDeclaration } from './indexes.ts';
import type { MongoDatabase } from './mongo-database.ts';
import type { MongoUnit } from './unit-of-work.ts';

/** As text, because its properties may have any names; `isLive` is absent from tombstones. */
interface Body {
  readonly isLive: true;
  readonly json: string;
  /** The names of its properties. */
  readonly has: readonly string[];
}

/** @param kind also the name of their collection */
export const documentCollection = (kind: string): CollectionDeclaration => ({
  name: kind,
  indexes: [
    { name: 'live', key: { 'body.isLive': 1, _id: 1 } },
    { name: 'has', key: { 'body.has': 1, _id: 1 } },
  ],
});

/** Only `save` stores documents of a kind. */
const parse = (body: Body | undefined): unknown => body && JSON.parse(body.json);

const idByName = async (database: MongoDatabase, kind: string, name: string): Promise<string | undefined> => {
  const [found] = await database.stored<Body>(kind).find({ unique: name }, { limit: 1 });
  return found?.body && found._id;
};

export const mongoDocuments = <T extends StoredDocument>(unit: MongoUnit, kind: string): Documents<T> => {
  const find = async (id: string): Promise<T | undefined> =>
    parse(await unit.find<Body>(kind, id)) as T | undefined;
  const byName = async (name: string): Promise<T | undefined> => {
    const id = await idByName(unit.database, kind, name);
    return id === undefined ? undefined : find(id);
  };
  return {
    find,
    byName,
    lockByName: byName,
    allByName: async (names) => {
      const found = await unit.database.stored<Body>(kind).find({ unique: { $in: names } });
      const wanted = new Set(names);
      const named = found.flatMap(({ unique, body }) =>
        unique.filter((name) => wanted.has(name)).map((name) => [name, parse(body) as T] as const),
      );
      return new Map(named);
    },
    count: async () =>
      (await unit.database.stored<Body>(kind).find({ 'body.isLive': true }, { fields: ['_id'] })).length,
    save: async (document, names) => {
      const { id, version } = document;
      if (((await find(id))?.version ?? 0) !== version - 1) throw new VersionConflict(kind);
      for (const name of names ?? []) {
        const owner = await idByName(unit.database, kind, name);
        if (owner !== undefined && owner !== id) throw new VersionConflict(`${kind}: ${name}`);
      }
      const json = JSON.stringify(document);
      const body: Body = { isLive: true, json, has: Object.keys(JSON.parse(json) as T) };
      await unit.put(kind, id, body, names);
    },
    remove: async ({ id, version }) => {
      if ((await find(id))?.version !== version) throw new VersionConflict(kind);
      await unit.put(kind, id, undefined);
    },
  };
};

export const mongoDocumentQueries = <T extends StoredDocument>(
  database: MongoDatabase,
  kind: string,
): DocumentQueries<T> => {
  const stored = database.stored<Body>(kind);
  const select = async (range: object, isDescending: boolean, limit?: number): Promise<readonly T[]> => {
    const direction = isDescending ? -1 : 1;
    const found = await stored.find(
      { 'body.isLive': true, ...range },
      { sort: { _id: direction }, ...(limit === undefined ? {} : { limit }) },
    );
    return found.map(({ body }) => parse(body) as T);
  };
  const find = async (id: string): Promise<T | undefined> =>
    parse((await stored.get(id))?.body) as T | undefined;
  return {
    find,
    byName: async (name) => {
      const id = await idByName(database, kind, name);
      return id === undefined ? undefined : find(id);
    },
    all: () => select({}, false),
    having: (property) => select({ 'body.has': property }, false),
    page: ({ limit, after, isDescending = false }) =>
      select(
        after === undefined ? {} : { _id: { [isDescending ? '$lt' : '$gt']: after } },
        isDescending,
        limit,
      ),
  };
};
