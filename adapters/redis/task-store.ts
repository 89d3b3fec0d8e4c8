import type { TaskStore } from '../messaging/stores.ts';
import type { RedisConnection } from './connection.ts';
import type { Keys } from './keys.ts';
import { putTask, toTask, type StoredTask } from './task.ts';
import { inUnit, type RedisTransaction } from './unit-of-work.ts';

/** Designed for few tasks at a time: the operators' queries (`stuck`, `hasten`) scan all of them. */
export const redisTaskStore = (connection: RedisConnection, keys: Keys): TaskStore => {
  const readAll = async (tx: RedisTransaction, found: readonly string[]): Promise<readonly StoredTask[]> =>
    (await tx.read<StoredTask>(found.map(keys.task))).filter((task) => task !== undefined);

  const all = async (tx: RedisTransaction): Promise<readonly StoredTask[]> =>
    readAll(tx, await connection.run((client) => client.zrange(keys.tasks, 0, '-1')));

  return {
    claim: (kind, now, leaseUntil, limit) =>
      inUnit(connection, async (tx) => {
        const due = await connection.run((client) =>
          client.zrangebyscore(keys.due(kind), '-inf', now.getTime(), 'LIMIT', 0, limit),
        );
        const tasks = await readAll(tx, due);
        for (const task of tasks)
          putTask(tx, keys, { ...task, attempts: task.attempts + 1, leasedUntil: leaseUntil.getTime() });
        return tasks.map(toTask);
      }),
    retry: (key, runAt, error) =>
      inUnit(connection, async (tx) => {
        for (const task of await readAll(tx, [key]))
          putTask(tx, keys, { ...task, runAt: runAt.getTime(), error, leasedUntil: undefined });
      }),
    nextDue: async (kind) => {
      const [, score] = await connection.run((client) => client.zrange(keys.due(kind), 0, '0', 'WITHSCORES'));
      return score === undefined ? undefined : new Date(Number(score));
    },
    releaseAll: () =>
      inUnit(connection, async (tx) => {
        for (const task of await all(tx))
          if (task.leasedUntil !== undefined) putTask(tx, keys, { ...task, leasedUntil: undefined });
      }),
    stuck: async (attempts, limit) => {
      const tasks = await inUnit(connection, all);
      return tasks
        .filter((task) => task.attempts >= attempts)
        .slice(0, limit)
        .map((task) => ({ ...toTask(task), error: task.error }));
    },
    hasten: (attempts, now, only) =>
      inUnit(connection, async (tx) => {
        const at = now.getTime();
        const waiting = (await (only ? readAll(tx, only) : all(tx))).filter(
          (task) => task.attempts >= attempts && task.runAt > at && (task.leasedUntil ?? at) <= at,
        );
        for (const task of waiting) putTask(tx, keys, { ...task, runAt: at, leasedUntil: undefined });
        return waiting.map(({ key, kind }) => ({ key, kind, runAt: now }));
      }),
  };
};
