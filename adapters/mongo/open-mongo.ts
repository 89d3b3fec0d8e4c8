import { MongoClient } from 'mongodb';
import { documentsOf, type Documents, type Raw } from './documents.ts';
import { translated } from './errors.ts';
import { createIndexes, indexTroubles, type CollectionDeclaration } from './indexes.ts';
import { LETTERS, LOCKS, NOTES, type Lease, type MongoDatabase } from './mongo-database.ts';
import { STORED_INDEXES, type Stored } from './stored.ts';

const OWN: readonly CollectionDeclaration[] = [
  { name: NOTES, indexes: [] },
  { name: LETTERS, indexes: [{ name: 'parked', key: { 'body.parkedAt': 1, _id: 1 } }] },
];

export interface MongoOptions {
  /** `mongodb://…`; its options are the driver's. */
  readonly url: string;
  /** The service's own database. */
  readonly database: string;
  readonly collections: readonly CollectionDeclaration[];
  /** Timeout of a connection, a place in the pool and a response, in milliseconds. */
  readonly timeoutMs: number;
}

/** Connects at the first query. */
export const openMongo = ({ url, database, collections, timeoutMs }: MongoOptions): MongoDatabase => {
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    waitQueueTimeoutMS: timeoutMs,
    socketTimeoutMS: timeoutMs * 2, // the server gives up first
    // Acknowledged writes, and what a relay has read, survive the primary.
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: timeoutMs },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    // Amazon DocumentDB has none. After a lost response, the caller retries with its key.
    retryWrites: false,
    ignoreUndefined: true,
  });
  const db = client.db(database);
  const declared = [...collections, ...OWN].map(({ name, indexes }) => ({
    name,
    indexes: [...STORED_INDEXES, ...indexes],
  }));
  const known = new Map(
    declared.map(({ name, indexes }) => [
      name,
      documentsOf<Stored>(db.collection<Raw>(name), indexes, timeoutMs),
    ]),
  );
  const told = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      throw translated(error);
    }
  };
  return {
    stored: <Body>(collection: string) => {
      const documents = known.get(collection);
      if (!documents) throw new Error(`the collection ${collection} is not declared`);
      return documents as Documents<Stored<Body>>;
    },
    all: () => [...known].map(([collection, documents]) => ({ collection, documents })),
    locks: () => documentsOf<Lease>(db.collection<Raw>(LOCKS), [], timeoutMs),
    createIndexes: () => told(createIndexes(db, declared)),
    indexTroubles: () => told(indexTroubles(db, declared)),
    drop: async () => {
      await told(db.dropDatabase());
    },
    close: () => client.close(),
  };
};
