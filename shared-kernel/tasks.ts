import type { Cause } from './events.ts';

/**
 * Work that is scheduled durably and done later, outside any transaction: calls to a gateway, a carrier or a mail server, and
 * timers. The key is stable, so a call that is repeated after a crash is recognised.
 */
export interface Task {
  /** Unique per service, e.g. `<order id>:capture`. */
  readonly key: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly runAt: Date;
  /** Number of earlier attempts. */
  readonly attempts: number;
  readonly cause: Cause;
}

export interface NewTask {
  readonly key: string;
  readonly kind: string;
  readonly payload: unknown;
  /** Not before; at once when absent. */
  readonly runAt?: Date;
  /** Only needed if one unit handles several events. */
  readonly cause?: Cause;
}

/** A scheduled task, as announced to its worker. */
export interface DueTask {
  readonly kind: string;
  readonly runAt: Date;
}

export interface TaskQueue {
  /** Schedules the tasks; a task whose key already exists stays unchanged. */
  schedule(...tasks: readonly NewTask[]): Promise<void>;
  /** Done, or no longer wanted. */
  complete(...keys: readonly string[]): Promise<void>;
}

/**
 * How tasks of one kind are done: `perform` makes the external call, outside any transaction and possibly again after a crash;
 * `settle` records the outcomes of several tasks in one unit of work, which also ends the tasks.
 */
export interface TaskHandler<Tx, Outcome> {
  readonly kind: string;
  perform(task: Task): Promise<Outcome>;
  settle(tx: Tx, done: readonly Performed<Outcome>[]): Promise<void>;
}

export interface Performed<Outcome> {
  readonly task: Task;
  readonly outcome: Outcome;
}

/** Thrown by `perform` if the callee has said when to try again. */
export class RetryLater extends Error {
  /** Milliseconds; a worker may wait longer, but not much longer than a day. */
  readonly afterMs: number;

  constructor(reason: string, afterMs: number) {
    super(reason);
    this.name = 'RetryLater';
    this.afterMs = afterMs;
  }
}
