import { after } from '#kernel/clock.ts';
import type { Performed, Task, TaskHandler } from '#kernel/tasks.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { runBecauseOf } from '#adapters/context/cause.ts';
import type { TestToolbox } from './toolbox.ts';

const LEASE_MS = 30_000;
const RETRY_MS = 200;

export interface TaskRun {
  /** Keys of the tasks that were done, in order. */
  readonly done: readonly string[];
  /** Keys of the calls that failed and will be made again. */
  readonly failed: readonly string[];
}

/** Does the tasks that are due now, batch by batch, as a worker would; what they lead to too, if it is due. */
export const runDueTasks = async <Tx extends BaseTx, Outcome>(
  { stores, clock }: TestToolbox,
  unitOfWork: UnitOfWork<Tx>,
  handlers: readonly TaskHandler<Tx, Outcome>[],
): Promise<TaskRun> => {
  const done: string[] = [];
  const failed: string[] = [];
  const perform = async (handler: TaskHandler<Tx, Outcome>, task: Task): Promise<Performed<Outcome>[]> => {
    try {
      return [{ task, outcome: await runBecauseOf(task.cause, () => handler.perform(task)) }];
    } catch (error) {
      failed.push(task.key);
      await stores.tasks.retry(task.key, after(clock.now(), RETRY_MS), String(error));
      return [];
    }
  };
  for (let isIdle = false; !isIdle;) {
    isIdle = true;
    for (const handler of handlers) {
      const tasks = await stores.tasks.claim(handler.kind, clock.now(), after(clock.now(), LEASE_MS), 50);
      if (tasks.length === 0) continue;
      isIdle = false;
      const performed = (await Promise.all(tasks.map((task) => perform(handler, task)))).flat();
      if (performed.length === 0) continue;
      await unitOfWork.run(async (tx) => {
        await handler.settle(tx, performed);
        await tx.tasks.complete(...performed.map(({ task }) => task.key));
      });
      done.push(...performed.map(({ task }) => task.key));
    }
  }
  return { done, failed };
};
