import type { Documents } from './documents.ts';
import type { Stored } from './stored.ts';

/** Units without a document, each with its riders: tombstones from the start. */
export const NOTES = 'notes';
/** Dead letters. */
export const LETTERS = 'letters';
/** The lease of the relay. */
export const LOCKS = 'locks';

/** The documents of one service, on MongoDB 6+ or a server with its protocol. */
export interface MongoDatabase {
  /** One of the declared collections. */
  stored<Body>(collection: string): Documents<Stored<Body>>;
  /** Every collection with riders. */
  all(): readonly { readonly collection: string; readonly documents: Documents<Stored> }[];
  locks(): Documents<Lease>;
  /** Creates missing declared indexes; returns them. */
  createIndexes(): Promise<string[]>;
  /** What is wrong with the indexes, one line each. */
  indexTroubles(): Promise<string[]>;
  /** Deletes everything; for tests. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

export interface Lease {
  readonly _id: string;
  readonly owner: string;
  readonly until: Date;
}
