import { after, DAY, type Clock } from '#kernel/clock.ts';
import { RetryLater, type DueTask, type Task, type TaskHandler } from '#kernel/tasks.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { runInAct } from '../context/act.ts';
import { backoff } from '../messaging/backoff.ts';
import type { TaskStore } from '../messaging/stores.ts';
import { WakeableLoop } from '../messaging/wakeable-loop.ts';
import type { Logger } from '../observability/logger.ts';
import { inSpan } from '../observability/tracing.ts';
import { LEASE_MS, type Slot } from './slot.ts';
import { Settler } from './settler.ts';

/** Default concurrency per kind of task. */
const AT_ONCE = 25;
/** A longer call is abandoned: its slot is needed, and its lease will end. */
export const PERFORM_MS = 20_000;
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 60_000;
/** Another instance may have scheduled a task meanwhile. */
const POLL_MS = 1_000;

export interface TaskWorkerOptions<Tx extends BaseTx, Outcome> {
  readonly handler: TaskHandler<Tx, Outcome>;
  readonly store: TaskStore;
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Tasks that run at once. */
  readonly atOnce?: number | undefined;
  readonly gatherMs?: number | undefined;
  /** Milliseconds between polls for tasks that were not announced. */
  readonly pollMs?: number | undefined;
}

/** An external call did not finish in time; its later outcome is ignored. */
class PerformedTooLong extends Error {
  constructor() {
    super(`not done within ${PERFORM_MS} ms`);
    this.name = 'PerformedTooLong';
  }
}

/**
 * Performs the tasks of one kind with limited concurrency, and settles each when it ends, together with others that have ended.
 * It claims a task only when it can start it at once, so no task waits for another.
 */
export class TaskWorker<Tx extends BaseTx, Outcome> {
  readonly #options: TaskWorkerOptions<Tx, Outcome>;
  readonly #atOnce: number;
  readonly #pollMs: number;
  readonly #loop: WakeableLoop;
  readonly #settler: Settler<Tx, Outcome>;
  readonly #running = new Set<Promise<void>>();
  /** When the next known task is due, and when to poll for others; milliseconds since the epoch. */
  #soonest = Infinity;
  #pollAt = 0;
  #hasLookedAhead = false;
  #isTaking = false;
  #reserved = 0;

  constructor(options: TaskWorkerOptions<Tx, Outcome>) {
    this.#options = options;
    this.#atOnce = options.atOnce ?? AT_ONCE;
    this.#pollMs = options.pollMs ?? POLL_MS;
    this.#settler = new Settler(options, (task, error) => this.#retry(task, error));
    this.#loop = new WakeableLoop({
      gatherMs: options.gatherMs,
      turn: () => this.#turn(),
      onError: (error) => {
        this.#complain(error, 'task worker failed, will try again');
      },
    });
  }

  start(): void {
    this.#isTaking = true;
    this.#loop.start();
  }

  /** Reserves a slot for a task that a unit of work schedules with a lease; undefined when there is none. */
  reserve(): Slot | undefined {
    if (!this.#isTaking || this.#slots() <= 0) return undefined;
    this.#reserved += 1;
    return {
      begin: (task) => {
        this.#reserved -= 1;
        if (this.#isTaking) this.#begin(task);
      },
      release: () => {
        this.#reserved -= 1;
        this.#loop.wake(); // others may wait for the slot
      },
    };
  }

  /** Called when tasks were scheduled. */
  expect(due: readonly DueTask[]): void {
    const mine = due
      .filter(({ kind }) => kind === this.#options.handler.kind)
      .map(({ runAt }) => runAt.getTime());
    if (mine.length === 0) return;
    this.#soonest = Math.min(this.#soonest, ...mine);
    this.#loop.wake();
  }

  /** Starts no more tasks, and waits for the running ones. */
  async stop(): Promise<void> {
    this.#isTaking = false;
    await this.#loop.stop();
    await Promise.all(this.#running);
  }

  async #turn(): Promise<number> {
    const { clock } = this.#options;
    const now = clock.now();
    const slots = this.#slots();
    // All slots are taken, and a finished task will wake it; or it was woken for a task that is due later.
    if (slots <= 0) return this.#pollMs;
    if (this.#soonest > now.getTime() && now.getTime() < this.#pollAt) return this.#rest(now);
    if (this.#soonest <= now.getTime()) this.#soonest = Infinity; // tasks announced from here on need another claim
    const tasks = await this.#claim(now, slots);
    this.#pollAt = now.getTime() + this.#pollMs;
    for (const task of tasks) this.#begin(task);
    if (tasks.length === slots) {
      this.#soonest = now.getTime(); // there may be more
      return this.#pollMs;
    }
    await this.#lookAhead();
    return this.#rest(clock.now());
  }

  /** Negative while tasks run that were claimed and others that began in slots given away meanwhile. */
  #slots(): number {
    return this.#atOnce - this.#running.size - this.#reserved;
  }

  async #claim(now: Date, limit: number): Promise<readonly Task[]> {
    const { handler, store } = this.#options;
    try {
      return await store.claim(handler.kind, now, after(now, LEASE_MS), limit);
    } catch (error) {
      this.#soonest = now.getTime();
      throw error;
    }
  }

  /** Once after the start: tasks that were scheduled before and are due later. Others are announced, or found by polling. */
  async #lookAhead(): Promise<void> {
    if (this.#hasLookedAhead) return;
    this.#hasLookedAhead = true;
    const due = await this.#options.store.nextDue(this.#options.handler.kind);
    if (due) this.#soonest = Math.min(this.#soonest, due.getTime());
  }

  /** Milliseconds until the next known task or poll; 0 if that is now. */
  #rest(now: Date): number {
    return Math.max(0, Math.min(this.#soonest, this.#pollAt) - now.getTime());
  }

  #begin(task: Task): void {
    // A task may begin in the commit of the unit that has scheduled it; it is not an act of that unit's caller.
    const running = runInAct(undefined, () => this.#performAndSettle(task))
      .catch((error: unknown) => {
        this.#complain(error, 'a task could not be given back; its lease will end');
      })
      .finally(() => {
        this.#running.delete(running);
        this.#loop.wake();
      });
    this.#running.add(running);
  }

  async #performAndSettle(task: Task): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = await this.#perform(task);
    } catch (error) {
      return this.#retry(task, error);
    }
    await this.#settler.settle({ task, outcome });
  }

  async #perform(task: Task): Promise<Outcome> {
    const { handler } = this.#options;
    const attributes = { 'shop.task': task.key, 'shop.task.attempts': task.attempts };
    const perform = (): Promise<Outcome> => handler.perform(task);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new PerformedTooLong());
      }, PERFORM_MS);
    });
    try {
      return await Promise.race([
        inSpan(`perform ${task.kind}`, 'internal', task.cause, attributes, perform),
        late,
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Retries for ever with growing pauses: a task is never dropped, and stays visible with its error. */
  async #retry(task: Task, error: unknown): Promise<void> {
    const { handler, store, clock, logger } = this.#options;
    logger.warn(
      { err: error, kind: handler.kind, key: task.key, attempts: task.attempts + 1 },
      'task failed',
    );
    const wanted = error instanceof RetryLater ? Math.min(error.afterMs, DAY) : 0;
    const pause = Math.max(wanted, backoff(task.attempts, FIRST_RETRY_MS, LONGEST_RETRY_MS));
    const runAt = after(clock.now(), pause);
    this.#soonest = Math.min(this.#soonest, runAt.getTime());
    await store.retry(
      task.key,
      runAt,
      error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    );
  }

  #complain(error: unknown, what: string): void {
    this.#options.logger.error({ err: error, kind: this.#options.handler.kind }, what);
  }
}
