import type { Performed, Task, TaskHandler } from '#kernel/tasks.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { gatherTime } from '../messaging/wakeable-loop.ts';

export interface SettlerOptions<Tx extends BaseTx, Outcome> {
  readonly handler: TaskHandler<Tx, Outcome>;
  readonly unitOfWork: UnitOfWork<Tx>;
  /** As for a `WakeableLoop`. */
  readonly gatherMs?: number | undefined;
}

interface Ended<Outcome> {
  readonly done: Performed<Outcome>;
  readonly resolve: (settled: undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Settles performed tasks. One unit of work at a time, for all tasks that have ended since the last one, so that batches
 * form under load and no task waits for one that is still running.
 */
export class Settler<Tx extends BaseTx, Outcome> {
  readonly #options: SettlerOptions<Tx, Outcome>;
  readonly #giveBack: (task: Task, error: unknown) => Promise<void>;
  #ended: Ended<Outcome>[] = [];
  #isSettling = false;
  /** By `performance.now()`. */
  #notBefore = 0;

  /** @param giveBack retries a task that cannot be settled */
  constructor(options: SettlerOptions<Tx, Outcome>, giveBack: (task: Task, error: unknown) => Promise<void>) {
    this.#options = options;
    this.#giveBack = giveBack;
  }

  /** Resolves when the task is settled or released; rejects if neither is possible. */
  settle(done: Performed<Outcome>): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.#ended.push({ done, resolve, reject });
    if (!this.#isSettling) {
      this.#isSettling = true;
      void this.#settleAll();
    }
    return promise;
  }

  async #settleAll(): Promise<void> {
    while (this.#ended.length > 0) {
      await this.#gathered();
      const startedAt = performance.now();
      const batch = this.#ended;
      this.#ended = [];
      await this.#together(batch.map(({ done }) => done)).then(
        () => {
          for (const { resolve } of batch) resolve(undefined);
        },
        (error: unknown) => {
          for (const { reject } of batch) reject(error);
        },
      );
      const endedAt = performance.now();
      this.#notBefore = endedAt + gatherTime(this.#options.gatherMs ?? 0, endedAt - startedAt);
    }
    this.#isSettling = false;
  }

  /** Until the next unit may begin; at least until the tasks that end in this turn of the event loop have ended. */
  #gathered(): Promise<void> {
    const ms = this.#notBefore - performance.now();
    return new Promise((resolve) => {
      if (ms > 0) setTimeout(resolve, ms);
      else setImmediate(resolve);
    });
  }

  /** In one unit; if that fails, separately, so that a broken task does not block others. */
  async #together(done: readonly Performed<Outcome>[]): Promise<void> {
    try {
      await this.#settle(done);
    } catch (error) {
      if (done.length === 1 && done[0]) return this.#giveBack(done[0].task, error);
      for (const one of done)
        await this.#settle([one]).catch((reason: unknown) => this.#giveBack(one.task, reason));
    }
  }

  #settle(done: readonly Performed<Outcome>[]): Promise<void> {
    const { handler, unitOfWork } = this.#options;
    return unitOfWork.run(async (tx) => {
      await handler.settle(tx, done);
      await tx.tasks.complete(...done.map(({ task }) => task.key));
    });
  }
}
