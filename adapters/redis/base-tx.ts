import { DAY, type Clock } from '#kernel/clock.ts';
import type { IdempotencyKeys, Remembered } from '#kernel/idempotency.ts';
import type { DueTask, TaskQueue } from '#kernel/tasks.ts';
import { VersionConflict, type BaseTx, type Inbox, type Outbox } from '#kernel/unit-of-work.ts';
import { causeOfTask } from '../context/cause.ts';
import type { Seal } from '../events/envelope.ts';
import { keysOf, type Keys } from './keys.ts';
import type { StoredLetter } from './redis-stores.ts';
import { putTask, type StoredTask } from './task.ts';
import type { RedisTransaction } from './unit-of-work.ts';

/** Longer than any topic keeps an event. */
const INBOX_MS = 30 * DAY;
const OUTCOME_MS = DAY;

export interface BaseTxOptions {
  /** Before all keys of the service. */
  readonly prefix: string;
  readonly seal: Seal;
  readonly clock: Clock;
  /** Called after a commit that left events in the outbox. */
  readonly wakeRelay: () => void;
  /** Called after a commit that scheduled tasks. */
  readonly wakeTasks: (due: readonly DueTask[]) => void;
}

/** Outbox, inbox, tasks and idempotency keys of one unit on Redis. */
export const makeBaseTx = (tx: RedisTransaction, options: BaseTxOptions): BaseTx => {
  const keys = keysOf(options.prefix);
  return {
    outbox: outboxOn(tx, keys, options),
    inbox: inboxOn(tx, keys, options.clock),
    tasks: tasksOn(tx, keys, options),
    idempotency: idempotencyOn(tx, keys),
  };
};

const outboxOn = (tx: RedisTransaction, keys: Keys, { seal, wakeRelay }: BaseTxOptions): Outbox => ({
  add: async (...events) => {
    // `0-*` numbers the entries 0-1, 0-2, … in the order of the commits.
    for (const event of events) tx.queue('XADD', keys.outbox, '0-*', 'event', JSON.stringify(seal(event)));
    if (events.length > 0) tx.onCommit(wakeRelay);
    await Promise.resolve();
  },
});

const inboxOn = (tx: RedisTransaction, keys: Keys, clock: Clock): Inbox => ({
  claim: async (consumer, events) => {
    const ids = [...new Set(events.map(({ event_id }) => event_id))];
    const [handled, letters] = await Promise.all([
      tx.read(ids.map((id) => keys.handled(consumer, id))),
      tx.read(ids.map((id) => keys.deadLetter(consumer, id))),
    ]);
    const fresh = new Set(ids.filter((_, index) => handled[index] === undefined));
    for (const [index, id] of ids.entries()) {
      if (!fresh.has(id)) continue;
      tx.put(keys.handled(consumer, id), 1, INBOX_MS);
      if (letters[index] === undefined) continue;
      tx.delete(keys.deadLetter(consumer, id));
      tx.queue('ZREM', keys.deadLetters, keys.deadLetter(consumer, id));
    }
    // An event that is twice in the batch counts once.
    return events.filter(({ event_id }) => fresh.delete(event_id));
  },
  park: async (consumer, envelope, error) => {
    const key = keys.deadLetter(consumer, envelope.event_id);
    const parkedAt = clock.now().getTime();
    await tx.read([key]);
    tx.put(key, { consumer, envelope, error, parkedAt } satisfies StoredLetter);
    tx.queue('ZADD', keys.deadLetters, parkedAt, key);
  },
});

const tasksOn = (tx: RedisTransaction, keys: Keys, { clock, wakeTasks }: BaseTxOptions): TaskQueue => ({
  schedule: async (...tasks) => {
    if (tasks.length === 0) return;
    for (const { key, kind, payload, runAt = clock.now(), cause = causeOfTask(key) } of tasks) {
      const [known] = await tx.read([keys.task(key)]);
      if (known !== undefined) continue;
      putTask(tx, keys, { key, kind, payload, runAt: runAt.getTime(), cause, attempts: 0 });
      tx.queue('ZADD', keys.tasks, clock.now().getTime(), key);
    }
    tx.onCommit(() => {
      wakeTasks(tasks.map(({ kind, runAt }) => ({ kind, runAt: runAt ?? clock.now() })));
    });
  },
  complete: async (...ended) => {
    const tasks = await tx.read<StoredTask>(ended.map(keys.task));
    for (const task of tasks) {
      if (!task) continue;
      tx.delete(keys.task(task.key));
      tx.queue('ZREM', keys.due(task.kind), task.key);
      tx.queue('ZREM', keys.tasks, task.key);
    }
  },
});

const idempotencyOn = (tx: RedisTransaction, keys: Keys): IdempotencyKeys => ({
  find: async ({ principal, operation, key }) => {
    const [remembered] = await tx.read<Remembered>([keys.outcome(principal, operation, key)]);
    return remembered;
  },
  remember: async ({ principal, operation, key, fingerprint }, outcome) => {
    const at = keys.outcome(principal, operation, key);
    const [earlier] = await tx.read([at]);
    if (earlier !== undefined) throw new VersionConflict('idempotency key');
    tx.put(at, { fingerprint, outcome } satisfies Remembered, OUTCOME_MS);
  },
});
