import { MongoClient } from 'mongodb';
import { documentsOf, type Documents, type Raw } from './documents.ts';
import { translated } from './errors.ts';
import { createIndexes, indexTroubles, type CollectionDeclaration } from './indexes.ts';
import { STORED_INDEXES, type Stored } from './stored.ts';

/** Units that save no document, each with what rode on it: a tombstone from the start. */
export const NOTES = 'notes';
/** Dead letters. */
export const LETTERS = 'letters';
/** Who is the relay. */
export const LOCKS = 'locks';

const OWN: readonly CollectionDeclaration[] = [
  { name: NOTES, indexes: [] },
  { name: LETTERS, indexes: [{ name: 'parked', key: { 'body.parkedAt': 1, _id: 1 } }] },
];

/** The documents of one service, on a MongoDB 6+ or what speaks its protocol. */
export interface MongoDatabase {
  /** One of the declared collections. */
  stored<Body>(collection: string): Documents<Stored<Body>>;
  /** Every collection that something can ride on. */
  all(): readonly { readonly collection: string; readonly documents: Documents<Stored> }[];
  locks(): Documents<Lease>;
  /** Makes the declared indexes that are missing; answers which. */
  createIndexes(): Promise<string[]>;
  /** What is wrong with the indexes, one line each. */
  indexTroubles(): Promise<string[]>;
  /** Forgets everything; for tests. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

export interface Lease {
  readonly _id: string;
  readonly owner: string;
  readonly until: Date;
}

export interface MongoOptions {
  /** `mongodb://…`; its options are the driver's. */
  readonly url: string;
  /** The service's own database. */
  readonly database: string;
  readonly collections: readonly CollectionDeclaration[];
  /** Milliseconds after which a connection, a place in the pool or an answer is given up. */
  readonly timeoutMs: number;
}

/** Connects at the first question. */
export const openMongo = ({ url, database, collections, timeoutMs }: MongoOptions): MongoDatabase => {
  const client = new MongoClient(url, {
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    waitQueueTimeoutMS: timeoutMs,
    socketTimeoutMS: timeoutMs * 2, // the server gives up first
    // What is acknowledged, and what a relay has read, outlives the primary.
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: timeoutMs },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    // Amazon DocumentDB has none. A lost answer is lost: who asked repeats it under its key.
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
