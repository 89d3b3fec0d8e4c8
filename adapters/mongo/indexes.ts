import type { Db, IndexDescriptionInfo } from 'mongodb';

/** An index, identified by its name. */
export interface IndexDeclaration {
  readonly name: string;
  /** By path, in the order of the index. */
  readonly key: Readonly<Record<string, 1 | -1>>;
  /** No two documents have the same value, or, for a list, a common member. */
  readonly unique?: true;
}

export interface CollectionDeclaration {
  readonly name: string;
  readonly indexes: readonly IndexDeclaration[];
}

const NO_SUCH_COLLECTION = 26;

const indexesOf = async (db: Db, collection: string): Promise<readonly IndexDescriptionInfo[]> => {
  try {
    return await db.collection(collection).indexes();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === NO_SUCH_COLLECTION) return [];
    throw error;
  }
};

const isSame = (declared: IndexDeclaration, found: IndexDescriptionInfo): boolean =>
  JSON.stringify(Object.entries(declared.key)) === JSON.stringify(Object.entries(found.key)) &&
  (declared.unique ?? false) === (found.unique ?? false);

/** What is wrong with the indexes of the database, one line each. */
export const indexTroubles = async (
  db: Db,
  collections: readonly CollectionDeclaration[],
): Promise<string[]> => {
  const troubles = await Promise.all(
    collections.map(async ({ name: collection, indexes }) => {
      const found = await indexesOf(db, collection);
      return indexes.flatMap((declared) => {
        const there = found.find(({ name }) => name === declared.name);
        if (!there) return [`${collection} lacks the index ${declared.name}`];
        return isSame(declared, there) ? [] : [`the index ${declared.name} of ${collection} is another one`];
      });
    }),
  );
  return troubles.flat();
};

/** Creates missing indexes and returns them; leaves different ones to `indexTroubles`. */
export const createIndexes = async (
  db: Db,
  collections: readonly CollectionDeclaration[],
): Promise<string[]> => {
  const made: string[] = [];
  for (const { name: collection, indexes } of collections) {
    const found = new Set((await indexesOf(db, collection)).map(({ name }) => name));
    const missing = indexes.filter(({ name }) => !found.has(name));
    if (missing.length > 0)
      await db.collection(collection).createIndexes(missing.map((one) => ({ ...one, key: { ...one.key } })));
    made.push(...missing.map(({ name }) => `${collection}.${name}`));
  }
  return made;
};
