import type { EventEnvelope } from '#kernel/events.ts';
import type { DueTask, Task } from '#kernel/tasks.ts';

/** The store is unavailable, shutting down or too slow; the request itself is fine. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

/** The position of an event in its outbox; opaque outside the store. */
export type OutboxId = number | string;

/** The outbox as the relay sees it. */
export interface OutboxStore {
  /** The oldest events still in the outbox, per key in the order of their commits. */
  oldest(limit: number): Promise<readonly { readonly id: OutboxId; readonly envelope: EventEnvelope }[]>;
  remove(ids: readonly OutboxId[]): Promise<void>;
  /** Events waiting. */
  size(): Promise<number>;
  /** Makes this process the only relay of the outbox; undefined if another process is. */
  tryLock(): Promise<Lock | undefined>;
}

/** Held by one process at a time. */
export interface Lock {
  /** False once it is released, or lost with its connection. */
  isHeld(): boolean;
  release(): Promise<void>;
}

export interface DeadLetter {
  readonly consumer: string;
  readonly envelope: EventEnvelope;
  readonly error: string;
  readonly parkedAt: Date;
}

/** The outcome of redriving a dead letter: no such letter or consumer, delivered, or parked again. */
export type Redelivery =
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'parked'; readonly error: string };

/** Where a dead letter is in the list, whether it still exists or not. */
export interface LetterPosition extends Pick<DeadLetter, 'consumer' | 'parkedAt'> {
  readonly eventId: string;
}

/** Events that a consumer could not handle, for operators. */
export interface DeadLetterStore {
  /** The oldest, or those that follow `after`. */
  list(limit: number, after?: LetterPosition): Promise<DeadLetter[]>;
  find(consumer: string, eventId: string): Promise<DeadLetter | undefined>;
  /**
   * Removes the letter's event from the consumer's inbox; the caller then delivers it again. The letter remains until the inbox
   * records the event, so a crash in between does not lose it.
   */
  reopen(consumer: string, eventId: string): Promise<DeadLetter | undefined>;
}

export interface HastenedTask extends DueTask {
  readonly key: string;
}

/** Tasks, for their worker. */
export interface TaskStore {
  /** Due tasks of `kind` without a lease, leased until `leaseUntil`. */
  claim(kind: string, now: Date, leaseUntil: Date, limit: number): Promise<Task[]>;
  /** Releases a failed task, to be retried at `runAt`. */
  retry(key: string, runAt: Date, error: string): Promise<void>;
  /** When the next task of `kind` is due. */
  nextDue(kind: string): Promise<Date | undefined>;
  /** Ends the leases of a dead process; only safe if this process is the only one. */
  releaseAll(): Promise<void>;
  /** Tasks that failed `attempts` times or more. */
  stuck(attempts: number, limit: number): Promise<readonly (Task & { readonly error: string | undefined })[]>;
  /** Makes those without a lease due at `now`, or only those of them with one of the `keys`; returns them. */
  hasten(attempts: number, now: Date, keys?: readonly string[]): Promise<readonly HastenedTask[]>;
}

/** Deletes expired inbox rows and idempotency keys. */
export interface Housekeeping {
  sweep(now: Date): Promise<void>;
}

/** Outbox, dead letters and tasks of one service, for the platform. */
export interface ServiceStores {
  readonly outbox: OutboxStore;
  readonly deadLetters: DeadLetterStore;
  readonly tasks: TaskStore;
  readonly housekeeping: Housekeeping;
}
