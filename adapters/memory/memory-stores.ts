import type { Clock } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { IdempotencyKey, Remembered } from '#kernel/idempotency.ts';
import type { DueTask, Task } from '#kernel/tasks.ts';
import { VersionConflict, type BaseTx } from '#kernel/unit-of-work.ts';
import { causeOfTask } from '../context/cause.ts';
import type { Seal } from '../events/envelope.ts';
import type {
  DeadLetter,
  DeadLetterStore,
  LetterPosition,
  OutboxStore,
  TaskStore,
} from '../messaging/stores.ts';
import type { MemoryDatabase, MemoryTables, MemoryTransaction } from './memory-database.ts';

interface OutboxRow {
  readonly id: number;
  readonly envelope: EventEnvelope;
}

interface TaskRow extends Task {
  readonly leasedUntil?: Date | undefined;
  readonly error?: string | undefined;
}

const outboxOf = (tables: MemoryTables) => tables.table<OutboxRow>('outbox');
const inboxOf = (tables: MemoryTables) => tables.table<true>('inbox');
const deadOf = (tables: MemoryTables) => tables.table<DeadLetter>('dead_letters');
const tasksOf = (tables: MemoryTables) => tables.table<TaskRow>('tasks');
const keysOf = (tables: MemoryTables) => tables.table<Remembered>('idempotency_keys');

const idOf = (consumer: string, eventId: string): string => `${consumer} ${eventId}`;
const keyOf = ({ principal, operation, key }: IdempotencyKey): string =>
  JSON.stringify([principal, operation, key]);

let sequence = 0;

export interface MemoryBaseOptions {
  readonly seal: Seal;
  readonly clock: Clock;
  readonly wakeRelay: () => void;
  readonly wakeTasks: (due: readonly DueTask[]) => void;
}

/** Outbox, inbox, tasks and idempotency keys of one unit in memory. */
export const makeMemoryBaseTx = (
  tx: MemoryTransaction,
  { seal, clock, wakeRelay, wakeTasks }: MemoryBaseOptions,
): BaseTx => ({
  outbox: {
    add: async (...events) => {
      for (const event of events) {
        sequence += 1;
        outboxOf(tx).put(String(sequence), { id: sequence, envelope: seal(event) });
      }
      if (events.length > 0) tx.onCommit(wakeRelay);
      await Promise.resolve();
    },
  },
  inbox: {
    claim: (consumer, events) => {
      const inbox = inboxOf(tx);
      const fresh = events.filter(({ event_id }) => {
        const id = idOf(consumer, event_id);
        if (inbox.get(id)) return false;
        inbox.put(id, true);
        deadOf(tx).delete(id);
        return true;
      });
      return Promise.resolve(fresh);
    },
    park: async (consumer, envelope, error) => {
      const id = idOf(consumer, envelope.event_id);
      if (!deadOf(tx).get(id)) deadOf(tx).put(id, { consumer, envelope, error, parkedAt: clock.now() });
      await Promise.resolve();
    },
  },
  tasks: {
    schedule: async (...tasks) => {
      for (const task of tasks)
        if (!tasksOf(tx).get(task.key))
          tasksOf(tx).put(task.key, {
            ...task,
            payload: JSON.parse(JSON.stringify(task.payload)) as unknown,
            runAt: task.runAt ?? clock.now(),
            cause: task.cause ?? causeOfTask(task.key),
            attempts: 0,
          });
      if (tasks.length > 0)
        tx.onCommit(() => {
          wakeTasks(tasks.map(({ kind, runAt }) => ({ kind, runAt: runAt ?? clock.now() })));
        });
      await Promise.resolve();
    },
    complete: async (...keys) => {
      for (const key of keys) tasksOf(tx).delete(key);
      await Promise.resolve();
    },
  },
  idempotency: {
    find: (key) => Promise.resolve(keysOf(tx).get(keyOf(key))),
    remember: async (key, outcome) => {
      if (keysOf(tx).get(keyOf(key))) throw new VersionConflict('idempotency key');
      keysOf(tx).put(keyOf(key), {
        fingerprint: key.fingerprint,
        outcome: JSON.parse(JSON.stringify(outcome)) as unknown,
      });
      await Promise.resolve();
    },
  },
});

export const memoryOutboxStore = (database: MemoryDatabase): OutboxStore => ({
  oldest: (limit) => Promise.resolve(outboxOf(database.committed).find().slice(0, limit)),
  remove: (ids) =>
    database.transaction(async (tx) => {
      for (const id of ids) outboxOf(tx).delete(String(id));
      await Promise.resolve();
    }),
  size: () => Promise.resolve(outboxOf(database.committed).find().length),
  tryLock: () => Promise.resolve({ isHeld: () => true, release: () => Promise.resolve() }),
});

/** Sorts dead letters. */
const placeOf = ({ parkedAt, consumer, eventId }: LetterPosition): string =>
  `${parkedAt.toISOString()} ${idOf(consumer, eventId)}`;

export const memoryDeadLetterStore = (database: MemoryDatabase): DeadLetterStore => ({
  list: (limit, after) => {
    const start = after && placeOf(after);
    const letters = deadOf(database.committed)
      .find()
      .map((letter) => ({ letter, place: placeOf({ ...letter, eventId: letter.envelope.event_id }) }))
      .filter(({ place }) => start === undefined || place > start)
      .sort((a, b) => (a.place < b.place ? -1 : 1));
    return Promise.resolve(letters.slice(0, limit).map(({ letter }) => letter));
  },
  find: (consumer, eventId) => Promise.resolve(deadOf(database.committed).get(idOf(consumer, eventId))),
  reopen: (consumer, eventId) =>
    database.transaction(async (tx) => {
      const letter = deadOf(tx).get(idOf(consumer, eventId));
      if (letter) inboxOf(tx).delete(idOf(consumer, eventId));
      return Promise.resolve(letter);
    }),
});

const toTask = ({ leasedUntil: _, error: __, ...task }: TaskRow): Task => task;

export const memoryTaskStore = (database: MemoryDatabase): TaskStore => ({
  claim: (kind, now, leaseUntil, limit) =>
    database.transaction(async (tx) => {
      const free = ({ leasedUntil }: TaskRow): boolean => leasedUntil === undefined || leasedUntil <= now;
      const due = tasksOf(tx)
        .find((task) => task.kind === kind && task.runAt <= now && free(task))
        .sort((a, b) => a.runAt.getTime() - b.runAt.getTime())
        .slice(0, limit);
      for (const task of due)
        tasksOf(tx).put(task.key, { ...task, attempts: task.attempts + 1, leasedUntil: leaseUntil });
      return Promise.resolve(due.map(toTask));
    }),
  retry: (key, runAt, error) =>
    database.transaction(async (tx) => {
      const task = tasksOf(tx).get(key);
      if (task) tasksOf(tx).put(key, { ...task, runAt, error, leasedUntil: undefined });
      await Promise.resolve();
    }),
  nextDue: (kind) => {
    const times = tasksOf(database.committed)
      .find((task) => task.kind === kind)
      .map(({ runAt, leasedUntil }) => Math.max(runAt.getTime(), leasedUntil?.getTime() ?? 0));
    return Promise.resolve(times.length > 0 ? new Date(Math.min(...times)) : undefined);
  },
  releaseAll: () =>
    database.transaction(async (tx) => {
      for (const task of tasksOf(tx).find()) tasksOf(tx).put(task.key, { ...task, leasedUntil: undefined });
      await Promise.resolve();
    }),
  stuck: (attempts, limit) =>
    Promise.resolve(
      tasksOf(database.committed)
        .find((task) => task.attempts >= attempts)
        .slice(0, limit)
        .map((task) => ({ ...toTask(task), error: task.error })),
    ),
  hasten: (attempts, now, keys) =>
    database.transaction(async (tx) => {
      const stuck = tasksOf(tx).find(
        (task) =>
          task.attempts >= attempts &&
          (task.leasedUntil ?? now) <= now &&
          task.runAt > now &&
          (keys?.includes(task.key) ?? true),
      );
      for (const task of stuck) tasksOf(tx).put(task.key, { ...task, runAt: now });
      return Promise.resolve(stuck.map(({ key, kind }) => ({ key, kind, runAt: now })));
    }),
});
