import type { EventEnvelope, NewEvent } from './events.ts';
import type { IdempotencyKeys } from './idempotency-keys.ts';
import type { TaskQueue } from './tasks.ts';

/**
 * State, outbox, inbox and tasks change together or not at all.
 *
 * `run` commits when `work` resolves (a returned refusal has written nothing) and rolls back when it throws.
 * A unit awaits only its own store: never another service, a gateway or a timer. Units do not nest.
 * When somebody else was faster (`VersionConflict`), `work` runs again from the start after a pause, a few times.
 */
export interface UnitOfWork<Tx> {
  /** How many aggregates one unit can save, where the store sets a limit; work on more takes several units. */
  readonly aggregatesPerUnit?: number;
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** What every service's unit of work offers beside its own repositories. */
export interface BaseTx {
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  readonly tasks: TaskQueue;
  readonly idempotency: IdempotencyKeys;
}

/** Events that are published if, and only if, the unit commits. */
export interface Outbox {
  add(...events: readonly NewEvent[]): Promise<void>;
}

/** Remembers which events a consumer has handled. */
export interface Inbox {
  /**
   * Marks the events as handled by `consumer`, no longer set aside, and returns those that were not handled yet.
   * @param expected `new` where they have probably never been delivered before: a store may then check that only when it
   * commits, and run the unit again if one was
   */
  claim(consumer: string, events: readonly EventEnvelope[], expected?: 'new'): Promise<EventEnvelope[]>;
  /** Sets an event aside with the error that its handler repeats. */
  park(consumer: string, event: EventEnvelope, error: string): Promise<void>;
}

/** Thrown by a store when somebody else changed what the unit read. */
export class VersionConflict extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(`${what} was changed meanwhile`, options);
    this.name = 'VersionConflict';
  }
}
