import type { EventEnvelope, NewEvent } from './events.ts';
import type { IdempotencyKeys } from './idempotency-keys.ts';
import type { TaskQueue } from './tasks.ts';

/**
 * State, outbox, inbox and tasks change together or not at all.
 *
 * `run` commits when `work` resolves (a returned refusal has written nothing) and rolls back when it throws.
 * A unit awaits only its own store: never another service, a gateway or a timer. Units do not nest.
 * If another unit was faster (`VersionConflict`), `work` runs again from the start after a pause, a few times.
 */
export interface UnitOfWork<Tx> {
  /** How many aggregates one unit can save, or should, if the store has a limit; more need several units. */
  readonly aggregatesPerUnit?: number;
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * As `run`, for a unit that reads and decides while another one commits. It locks and writes nothing before `ready` has resolved,
   * and runs again if that throws a `VersionConflict`. Absent where units queue up anyway, and where one saves few aggregates.
   */
  runWhen?<T>(ready: () => Promise<void>, work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** What every service's unit of work has in addition to its repositories. */
export interface BaseTx {
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  readonly tasks: TaskQueue;
  readonly idempotency: IdempotencyKeys;
}

/** Events that are published if and only if the unit commits. */
export interface Outbox {
  add(...events: readonly NewEvent[]): Promise<void>;
}

/** Remembers which events a consumer has handled. */
export interface Inbox {
  /**
   * Marks the events as handled by `consumer` and no longer parked, and returns those that were not handled yet.
   * @param expected `new` for events that were probably not delivered before: a store may then check that when it commits,
   * and run the unit again if the guess was wrong
   */
  claim<Event extends Pick<EventEnvelope, 'event_id'>>(
    consumer: string,
    events: readonly Event[],
    expected?: 'new',
  ): Promise<Event[]>;
  /** Parks an event with the error of its handler. */
  park(consumer: string, event: EventEnvelope, error: string): Promise<void>;
}

/** Thrown by a store if another unit has changed what this unit read. */
export class VersionConflict extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(`${what} was changed meanwhile`, options);
    this.name = 'VersionConflict';
  }
}
