import type { Collection, Filter as DriverFilter } from 'mongodb';
import { translated } from './errors.ts';
import { checkFilter, checkServed, plain, type Filter, type Sort } from './filters.ts';
import type { IndexDeclaration } from './indexes.ts';

export interface FindOptions {
  /** Without, in no order. */
  readonly sort?: Sort;
  readonly limit?: number;
  /** Top-level fields or paths beside `_id`; the whole document when absent. */
  readonly fields?: readonly string[];
}

/** One of several writes in one round trip, without atomicity. */
export type GuardedWrite<T> =
  { readonly filter: Filter; readonly replacement: T } | { readonly filter: Filter; readonly remove: true };

/**
 * A collection as used in this project: whole documents, guarded replacement, few filter operators, reads served by an index.
 * There are no methods for anything else.
 */
export interface Documents<T> {
  get(id: string): Promise<T | undefined>;
  /** As in SQL, `Row` is the caller's type of the requested fields. */
  find<Row = T>(filter: Filter, options?: FindOptions): Promise<Row[]>;
  /** Throws `DuplicateDocument`. */
  insert(document: T): Promise<void>;
  /** False if no document passes the guard. Throws `DuplicateDocument`. */
  replace(guard: Filter, document: T): Promise<boolean>;
  /** False if no document passes the guard. */
  remove(guard: Filter): Promise<boolean>;
  /** Each write is done or not, by its own guard; returns how many were done. */
  writeAll(writes: readonly GuardedWrite<T>[]): Promise<number>;
}

/** A document as the driver sees it. */
export interface Raw {
  readonly _id: string;
  readonly [field: string]: unknown;
}

const attempt = async <R>(operation: Promise<R>): Promise<R> => {
  try {
    return await operation;
  } catch (error) {
    throw translated(error);
  }
};

/** @param maxTimeMs the server's time limit of a read */
export const documentsOf = <T extends { readonly _id: string }>(
  collection: Collection<Raw>,
  indexes: readonly IndexDeclaration[],
  maxTimeMs: number,
): Documents<T> => {
  const checked = (filter: Filter, sort: Sort = {}): DriverFilter<Raw> => {
    checkFilter(filter);
    checkServed(indexes, filter, sort);
    return plain(filter);
  };
  const raw = (document: T): Raw => ({ ...document });
  const find: Documents<T>['find'] = async <Row>(filter: Filter, options: FindOptions = {}) => {
    const { sort = {}, limit = 0, fields } = options;
    const cursor = collection.find(checked(filter, sort), {
      sort: { ...sort },
      limit,
      maxTimeMS: maxTimeMs,
      ...(fields && { projection: Object.fromEntries(fields.map((field) => [field, 1])) }),
    });
    return (await attempt(cursor.toArray())) as unknown as Row[];
  };
  return {
    find,
    get: async (id) => (await find({ _id: id }, { limit: 1 }))[0],
    insert: async (document) => {
      await attempt(collection.insertOne(raw(document)));
    },
    replace: async (guard, document) => {
      const { matchedCount } = await attempt(collection.replaceOne(checked(guard), raw(document)));
      return matchedCount === 1;
    },
    remove: async (guard) => (await attempt(collection.deleteOne(checked(guard)))).deletedCount === 1,
    writeAll: async (writes) => {
      if (writes.length === 0) return 0;
      const operations = writes.map((write) =>
        'remove' in write
          ? { deleteOne: { filter: checked(write.filter) } }
          : { replaceOne: { filter: checked(write.filter), replacement: raw(write.replacement) } },
      );
      const { matchedCount, deletedCount } = await attempt(
        collection.bulkWrite(operations, { ordered: false }),
      );
      return matchedCount + deletedCount;
    },
  };
};
