import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { retryOnConflict } from '../resilience/contention.ts';
import { systemIds } from '../system/ids.ts';
import { DuplicateDocument } from './duplicate-document.ts';
import { NOTES, type MongoDatabase } from './mongo-database.ts';
import {
  afterUnit,
  isOver,
  type Change,
  type KeptClaim,
  type KeptKey,
  type PendingEvent,
  type Stored,
} from './stored.ts';

let last = 0;
/** Microseconds since the epoch, unique within this process. */
const nextMoment = (): number => (last = Math.max(last + 1, Date.now() * 1_000));

interface DocumentWrite extends Change {
  readonly collection: string;
}

/**
 * The reads of one unit of work, and the one document that it writes at its end, with everything that must commit with it.
 * A unit without a document but with riders writes a note.
 */
export class MongoUnit {
  readonly #database: MongoDatabase;
  readonly #read = new Map<string, Stored | undefined>();
  readonly #events: PendingEvent[] = [];
  readonly #keys: KeptKey[] = [];
  readonly #claims: KeptClaim[] = [];
  readonly #afterCommit: (() => void)[] = [];
  readonly #afterWrite: (() => Promise<void>)[] = [];
  #write: DocumentWrite | undefined;

  constructor(database: MongoDatabase) {
    this.#database = database;
  }

  get database(): MongoDatabase {
    return this.#database;
  }

  /** The document's body, as seen by this unit. */
  async find<Body>(collection: string, id: string): Promise<Body | undefined> {
    if (this.#write?.collection === collection && this.#write.id === id)
      return this.#write.body as Body | undefined;
    return (await this.#before<Body>(collection, id))?.body;
  }

  /**
   * Replaces the document's body, or removes it if `undefined`, unless another unit has changed it since this one read it.
   * @param unique values that are unique to this document, which keeps those that it had if undefined; a collision makes the unit a
   * `VersionConflict`
   * @throws if the unit has already written another document, because there are no transactions
   */
  async put(collection: string, id: string, body: unknown, unique?: readonly string[]): Promise<void> {
    const write = this.#write;
    if (write && (write.collection !== collection || write.id !== id))
      throw new Error(
        `a unit of work on MongoDB saves one document: it has ${write.id} and cannot also save ${id}`,
      );
    await this.#before(collection, id);
    this.#write = { collection, id, body, unique };
  }

  announce(envelope: EventEnvelope): void {
    this.#events.push({ id: envelope.event_id, at: nextMoment(), envelope: JSON.stringify(envelope) });
  }

  remember(key: KeptKey): void {
    this.#keys.push(key);
  }

  claim(...claims: readonly KeptClaim[]): void {
    this.#claims.push(...claims);
  }

  /** Called once the unit is durable; its writes are lost if the process dies before. */
  afterWrite(callback: () => Promise<void>): void {
    this.#afterWrite.push(callback);
  }

  /** Called once the unit is durable. */
  onCommit(callback: () => void): void {
    this.#afterCommit.push(callback);
  }

  async commit(): Promise<void> {
    const riders = { events: this.#events, keys: this.#keys, claims: this.#claims };
    const isEmpty = riders.events.length + riders.keys.length + riders.claims.length === 0;
    const write =
      this.#write ?? (isEmpty ? undefined : { collection: NOTES, id: systemIds.next(), body: undefined });
    if (write) {
      const before = await this.#before(write.collection, write.id);
      await this.#replace(write.collection, before, afterUnit(before, write, riders));
    }
    for (const callback of this.#afterWrite) await callback();
    for (const callback of this.#afterCommit) callback();
  }

  async #replace(collection: string, before: Stored | undefined, next: Stored): Promise<void> {
    const documents = this.#database.stored(collection);
    try {
      if (before) {
        const guard = { _id: next._id, revision: before.revision };
        const isDone = await (isOver(next) ? documents.remove(guard) : documents.replace(guard, next));
        if (!isDone) throw new VersionConflict(collection);
      } else if (!isOver(next)) await documents.insert(next);
    } catch (error) {
      // A unique value that was free a moment ago was taken by another unit.
      throw error instanceof DuplicateDocument ? new VersionConflict(collection) : error;
    }
  }

  /** The document as first read by this unit. */
  async #before<Body>(collection: string, id: string): Promise<Stored<Body> | undefined> {
    const key = `${collection} ${id}`;
    if (!this.#read.has(key)) this.#read.set(key, await this.#database.stored(collection).get(id));
    return this.#read.get(key) as Stored<Body> | undefined;
  }
}

/**
 * A unit of work without transactions: one document, written by one guarded replacement. Units are optimistic; those of this
 * process that lost a race retry one after the other, so that they do not conflict again.
 */
export class MongoUnitOfWork<Tx> implements UnitOfWork<Tx> {
  readonly aggregatesPerUnit = 1;
  readonly #database: MongoDatabase;
  readonly #bind: (unit: MongoUnit) => Tx;
  #again: Promise<unknown> = Promise.resolve();

  /** @param bind makes the repositories of one unit */
  constructor(database: MongoDatabase, bind: (unit: MongoUnit) => Tx) {
    this.#database = database;
    this.#bind = bind;
  }

  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.#once(work);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
    const mine = this.#again.then(() => retryOnConflict(() => this.#once(work)));
    this.#again = mine.catch(() => undefined);
    return mine;
  }

  async #once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const unit = new MongoUnit(this.#database);
    const result = await work(this.#bind(unit));
    await unit.commit();
    return result;
  }
}
