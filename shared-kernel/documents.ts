/** A small aggregate that is stored as a whole. It is plain JSON: dates are ISO 8601 strings. */
export interface StoredDocument {
  /** A UUID. */
  readonly id: string;
  /** Counts changes from 1. */
  readonly version: number;
}

/** The documents of one kind in a unit of work. */
export interface Documents<T extends StoredDocument> {
  find(id: string): Promise<T | undefined>;
  /** The document that has this name. */
  byName(name: string): Promise<T | undefined>;
  /** As `byName`; where the store has locks, other units that lock it wait for the end of this one instead of losing a race. */
  lockByName(name: string): Promise<T | undefined>;
  /** The documents that have these names, by name. */
  allByName(names: readonly string[]): Promise<ReadonlyMap<string, T>>;
  /** How many there are: only for kinds whose number is limited. */
  count(): Promise<number>;
  /**
   * Inserts version 1, or replaces the version before; throws `VersionConflict` if that does not exist, or if another document
   * has one of the names.
   * @param names unique within the kind, such as slugs and codes; they replace the names that it had, which it keeps if undefined
   */
  save(document: T, names?: readonly string[]): Promise<void>;
  /** Throws `VersionConflict` if it is not at this version. */
  remove(document: T): Promise<void>;
}

/** Reads of committed documents of one kind. */
export interface DocumentQueries<T extends StoredDocument> {
  find(id: string): Promise<T | undefined>;
  byName(name: string): Promise<T | undefined>;
  /** All of them, by ID: only for kinds whose number is limited. */
  all(): Promise<readonly T[]>;
  /** Those with a property that few have, by ID: one that the store has an index of. */
  having(property: keyof T & string): Promise<readonly T[]>;
  /** At most `limit`, by ID, which for UUIDv7 is by age. */
  page(request: DocumentPageRequest): Promise<readonly T[]>;
}

export interface DocumentPageRequest {
  readonly limit: number;
  /** The ID where the page before ended. */
  readonly after?: string | undefined;
  readonly isDescending?: boolean | undefined;
}
