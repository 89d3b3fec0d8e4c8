import type { EventEnvelope } from '#kernel/events.ts';
import type { DueTask, Task } from '#kernel/tasks.ts';

/** The store is away, going, or too busy to answer in time: nothing is wrong with what was asked. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

/** Where an event stands in its outbox; what it looks like is the store's business. */
export type OutboxId = number | string;

/** The outbox as the relay sees it. */
export interface OutboxStore {
  /** The oldest events that were not yet removed, in order of their commit per key. */
  oldest(limit: number): Promise<readonly { readonly id: OutboxId; readonly envelope: EventEnvelope }[]>;
  remove(ids: readonly OutboxId[]): Promise<void>;
  /** Events waiting. */
  size(): Promise<number>;
  /** Makes this process the only relay of the outbox; undefined when another one is. */
  tryLock(): Promise<Lock | undefined>;
}

/** Held by one process at a time. */
export interface Lock {
  /** False once it is released, or lost with the connection that it hung on. */
  isHeld(): boolean;
  release(): Promise<void>;
}

export interface DeadLetter {
  readonly consumer: string;
  readonly envelope: EventEnvelope;
  readonly error: string;
  readonly parkedAt: Date;
}

/** What came of delivering a dead letter again: there is no such letter, or nobody to deliver it to; done; or it failed again. */
export type Redelivery =
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'parked'; readonly error: string };

/** Events that a consumer could not handle, for people. */
export interface DeadLetterStore {
  list(limit: number): Promise<DeadLetter[]>;
  find(consumer: string, eventId: string): Promise<DeadLetter | undefined>;
  /**
   * Forgets that the consumer has seen the letter's event; the caller delivers it again. The letter stays until the
   * inbox takes the event in, so that it is not lost if this process dies in between.
   */
  reopen(consumer: string, eventId: string): Promise<DeadLetter | undefined>;
}

/** Tasks as their worker sees them. */
export interface TaskStore {
  /** Due tasks of `kind` that nobody else works on, leased until `leaseUntil`. */
  claim(kind: string, now: Date, leaseUntil: Date, limit: number): Promise<Task[]>;
  /** Gives a failed task back, to be tried again at `runAt`. */
  retry(key: string, runAt: Date, error: string): Promise<void>;
  /** When the next task of `kind` is due. */
  nextDue(kind: string): Promise<Date | undefined>;
  /** Ends the leases of a process that died; only where this process is known to be the only one. */
  releaseAll(): Promise<void>;
  /** Tasks that failed `attempts` times or more. */
  stuck(attempts: number, limit: number): Promise<readonly (Task & { readonly error: string | undefined })[]>;
  /** Makes those that nobody works on due at `now`; answers which. */
  hasten(attempts: number, now: Date): Promise<readonly DueTask[]>;
}

/** Forgets inbox rows and idempotency keys that nobody can ask for again. */
export interface Housekeeping {
  sweep(now: Date): Promise<void>;
}

/** Outbox, dead letters and tasks of one service, as the platform works on them. */
export interface ServiceStores {
  readonly outbox: OutboxStore;
  readonly deadLetters: DeadLetterStore;
  readonly tasks: TaskStore;
  readonly housekeeping: Housekeeping;
}
