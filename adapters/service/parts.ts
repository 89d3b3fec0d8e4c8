import type { Subscription } from '#kernel/event-bus.ts';
import type { TaskHandler } from '#kernel/tasks.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { memoryDeadLetterStore, memoryOutboxStore, memoryTaskStore } from '../memory/memory-stores.ts';
import { makeSubscription, type ConsumerOptions, type Handlers } from '../messaging/consumer.ts';
import type { ServiceStores } from '../messaging/stores.ts';
import { mongoDeadLetterStore } from '../mongo/inbox.ts';
import { mongoHousekeeping, mongoOutboxStore, noTasks } from '../mongo/mongo-stores.ts';
import { isUnavailable, sqlState, UNIQUE_VIOLATION } from '../postgres/sql.ts';
import { sqlDeadLetterStore, sqlHousekeeping, sqlOutboxStore, sqlTaskStore } from '../postgres/sql-stores.ts';
import { redisStores } from '../redis/redis-stores.ts';
import { TaskWorker } from '../tasks/task-worker.ts';
import type { Store, Toolbox, Worker } from './module.ts';

/**
 * Work that no request waits for is collected this long: fewer, larger units. Changes of products, prices and stock go through two
 * such steps at most, and must be seen within a second.
 */
export const UNHURRIED_MS = 250;
/** If a request depends on the work. */
const PROMPT_MS = 3;

/** A consumer of events; `consumer` is `<service>` or `<service>.<purpose>` and never changes once released. */
export const makeConsumer = <Tx extends BaseTx>(
  { logger, metrics }: Pick<Toolbox, 'logger' | 'metrics'>,
  unitOfWork: UnitOfWork<Tx>,
  consumer: string,
  handlers: Handlers<Tx>,
  {
    prepare,
    gatherMs = PROMPT_MS,
    races,
    isRepeatable,
  }: Pick<ConsumerOptions<Tx>, 'prepare' | 'gatherMs' | 'races' | 'isRepeatable'> = {},
): Subscription =>
  makeSubscription({
    consumer,
    handlers,
    prepare,
    gatherMs,
    races,
    isRepeatable,
    unitOfWork,
    isUnavailable,
    isTaken: (error) => sqlState(error) === UNIQUE_VIOLATION,
    onParked: () => {
      metrics.parked(consumer);
    },
    logger,
  });

/** Between looks for tasks, where no other process promises any: an idle shop does nothing. */
const ALONE_POLL_MS = 60_000;

export interface WorkerOptions {
  /** It waits, after a restart, until the consumers have caught up. */
  readonly isTimer?: boolean;
  readonly gatherMs?: number;
  /** Tasks that run at once. */
  readonly atOnce?: number;
}

/** A worker for one kind of task. */
export const makeWorker = <Tx extends BaseTx, Outcome>(
  { stores, clock, logger, profile }: Pick<Toolbox, 'stores' | 'clock' | 'logger' | 'profile'>,
  unitOfWork: UnitOfWork<Tx>,
  handler: TaskHandler<Tx, Outcome>,
  { isTimer = false, gatherMs = PROMPT_MS, atOnce }: WorkerOptions = {},
): Worker => {
  const worker = new TaskWorker({
    handler,
    store: stores.tasks,
    unitOfWork,
    clock,
    logger,
    gatherMs,
    atOnce,
    pollMs: profile === 'distributed' ? undefined : ALONE_POLL_MS,
  });
  return {
    isTimer,
    kind: handler.kind,
    reserve: () => worker.reserve(),
    start: () => {
      worker.start();
    },
    expect: (due) => {
      worker.expect(due);
    },
    stop: () => worker.stop(),
  };
};

export const storesOf = (store: Store): ServiceStores => {
  switch (store.kind) {
    case 'memory':
      return {
        outbox: memoryOutboxStore(store.database),
        deadLetters: memoryDeadLetterStore(store.database),
        tasks: memoryTaskStore(store.database),
        housekeeping: { sweep: () => Promise.resolve() },
      };
    case 'sql':
      return {
        outbox: sqlOutboxStore(store.database, store.schema),
        deadLetters: sqlDeadLetterStore(store.database, store.schema),
        tasks: sqlTaskStore(store.database, store.schema),
        housekeeping: sqlHousekeeping(store.database, store.schema),
      };
    case 'redis':
      return redisStores(store.connection, store.prefix);
    case 'mongo':
      return {
        outbox: mongoOutboxStore(store.database),
        deadLetters: mongoDeadLetterStore(store.database),
        tasks: noTasks,
        housekeeping: mongoHousekeeping(store.database),
      };
  }
};
