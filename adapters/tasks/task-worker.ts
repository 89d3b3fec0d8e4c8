import { after, type Clock } from '#kernel/clock.ts';
import type { DueTask, Performed, Task, TaskHandler } from '#kernel/tasks.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { backoff } from '../messaging/backoff.ts';
import type { TaskStore } from '../messaging/stores.ts';
import { WakeableLoop } from '../messaging/wakeable-loop.ts';
import type { Logger } from '../observability/logger.ts';
import { inSpan } from '../observability/tracing.ts';

const BATCH = 50;
/** Longer than any call to the outside may take. */
const LEASE_MS = 30_000;
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 60_000;
/** Another instance may have promised something meanwhile. */
const POLL_MS = 1_000;

export interface TaskWorkerOptions<Tx extends BaseTx, Outcome> {
  readonly handler: TaskHandler<Tx, Outcome>;
  readonly store: TaskStore;
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly gatherMs?: number | undefined;
}

/** Does the tasks of one kind: calls the outside, then settles all that succeeded in one unit of work. */
export class TaskWorker<Tx extends BaseTx, Outcome> {
  readonly #options: TaskWorkerOptions<Tx, Outcome>;
  readonly #loop: WakeableLoop;
  /** When the next task that it has heard of is due, and when it looks for others; milliseconds since the epoch. */
  #soonest = Infinity;
  #pollAt = 0;
  #hasLookedAhead = false;

  constructor(options: TaskWorkerOptions<Tx, Outcome>) {
    this.#options = options;
    this.#loop = new WakeableLoop({
      gatherMs: options.gatherMs,
      turn: () => this.#turn(),
      onError: (error) => {
        options.logger.error(
          { err: error, kind: options.handler.kind },
          'task worker failed, will try again',
        );
      },
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Tasks of its kind, among others, will be due. */
  expect(due: readonly DueTask[]): void {
    const mine = due
      .filter(({ kind }) => kind === this.#options.handler.kind)
      .map(({ runAt }) => runAt.getTime());
    if (mine.length === 0) return;
    this.#soonest = Math.min(this.#soonest, ...mine);
    this.#loop.wake();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #turn(): Promise<number> {
    const { clock } = this.#options;
    const now = clock.now();
    // Woken for a task that is due later: nothing to ask the store for yet.
    if (this.#soonest > now.getTime() && now.getTime() < this.#pollAt) return this.#rest(now);
    if (this.#soonest <= now.getTime()) this.#soonest = Infinity; // what is heard of from here on needs another claim
    const tasks = await this.#claim(now);
    this.#pollAt = now.getTime() + POLL_MS;
    const performed = await Promise.all(tasks.map((task) => this.#perform(task)));
    await this.#settle(performed.filter((done) => done !== undefined));
    if (tasks.length === BATCH) return 0;
    await this.#lookAhead();
    return this.#rest(clock.now());
  }

  async #claim(now: Date): Promise<readonly Task[]> {
    const { handler, store } = this.#options;
    try {
      return await store.claim(handler.kind, now, after(now, LEASE_MS), BATCH);
    } catch (error) {
      this.#soonest = now.getTime();
      throw error;
    }
  }

  /** Once, after the start: what was promised before and is due later. The rest it hears of, or finds by polling. */
  async #lookAhead(): Promise<void> {
    if (this.#hasLookedAhead) return;
    this.#hasLookedAhead = true;
    const due = await this.#options.store.nextDue(this.#options.handler.kind);
    if (due) this.#soonest = Math.min(this.#soonest, due.getTime());
  }

  /** Milliseconds to the next task that it has heard of, or to the next poll; 0 when that is now. */
  #rest(now: Date): number {
    return Math.max(0, Math.min(this.#soonest, this.#pollAt) - now.getTime());
  }

  async #perform(task: Task): Promise<Performed<Outcome> | undefined> {
    try {
      const { handler } = this.#options;
      const attributes = { 'shop.task': task.key, 'shop.task.attempts': task.attempts };
      const perform = (): Promise<Outcome> => handler.perform(task);
      const outcome = await inSpan(`perform ${task.kind}`, 'internal', task.cause, attributes, perform);
      return { task, outcome };
    } catch (error) {
      await this.#retry(task, error);
      return undefined;
    }
  }

  /** Together; if that fails, one by one, so that a broken one stops nobody else. */
  async #settle(done: readonly Performed<Outcome>[]): Promise<void> {
    const { handler, unitOfWork } = this.#options;
    if (done.length === 0) return;
    const settle = (some: readonly Performed<Outcome>[]): Promise<void> =>
      unitOfWork.run(async (tx) => {
        await handler.settle(tx, some);
        await tx.tasks.complete(...some.map(({ task }) => task.key));
      });
    try {
      await settle(done);
    } catch (error) {
      if (done.length === 1 && done[0]) return this.#retry(done[0].task, error);
      for (const one of done) await settle([one]).catch((reason: unknown) => this.#retry(one.task, reason));
    }
  }

  /** For ever, ever more rarely: a promise is never dropped, and stays visible with its error. */
  async #retry(task: Task, error: unknown): Promise<void> {
    const { handler, store, clock, logger } = this.#options;
    logger.warn(
      { err: error, kind: handler.kind, key: task.key, attempts: task.attempts + 1 },
      'task failed',
    );
    const runAt = after(clock.now(), backoff(task.attempts, FIRST_RETRY_MS, LONGEST_RETRY_MS));
    this.#soonest = Math.min(this.#soonest, runAt.getTime());
    await store.retry(
      task.key,
      runAt,
      error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    );
  }
}
