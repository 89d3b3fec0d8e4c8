import type { Task } from '#kernel/tasks.ts';
import type { Keys } from './keys.ts';
import type { RedisTransaction } from './unit-of-work.ts';

/** A task as stored: times are milliseconds since 1970. */
export interface StoredTask extends Omit<Task, 'runAt'> {
  readonly runAt: number;
  readonly leasedUntil?: number | undefined;
  readonly error?: string | undefined;
}

export const toTask = ({ leasedUntil: _, error: __, runAt, ...task }: StoredTask): Task => ({
  ...task,
  runAt: new Date(runAt),
});

/** Stores the task and its index entries. */
export const putTask = (tx: RedisTransaction, keys: Keys, task: StoredTask): void => {
  tx.put(keys.task(task.key), task);
  tx.queue('ZADD', keys.due(task.kind), task.leasedUntil ?? task.runAt, task.key);
};
