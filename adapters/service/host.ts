import { HOUR, SECOND } from '#kernel/clock.ts';
import type { DueTask } from '#kernel/tasks.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { makeHttpApp } from '../http/app.ts';
import { makeInProcessService } from '../http/in-process.ts';
import { listen } from '../http/server.ts';
import { OutboxRelay } from '../messaging/relay.ts';
import type { Redelivery, ServiceStores } from '../messaging/stores.ts';
import type { SlotFor } from '../tasks/slot.ts';
import { migrate } from '../postgres/migrate.ts';
import type { CommonStore, Composition, ServiceModule, Store, Toolbox } from './module.ts';
import { makeServiceApplication } from './service-application.ts';
import { startSweeps, type RunningSweeps, type Sweep } from './sweeps.ts';

/** A task that failed this often is listed as stuck. */
export const STUCK_AFTER = 10;
/** Letters that a scrape reads; an alert needs only one. */
const MOST_LETTERS = 100;

export interface HostOptions<S extends Store = CommonStore> {
  readonly toolbox: Toolbox<S>;
  readonly host: string;
  readonly port: number;
  /** As in `listen`; 0 when absent. */
  readonly drainMs?: number;
  readonly validateResponses: boolean;
  /** True if no other process uses this store: it is migrated, and the work of a dead process is taken over at once. */
  readonly isAlone: boolean;
  /** Sets the targets of the toolbox's wake-ups. */
  readonly onWake: (targets: WakeTargets) => void;
}

/** What commits wake. */
export interface WakeTargets {
  readonly relay: () => void;
  readonly tasks: (due: readonly DueTask[]) => void;
  readonly slotFor: SlotFor;
}

/** A running service: its HTTP server, its relay, its consumers, its task workers and its sweeps. */
export interface RunningService {
  readonly name: string;
  readonly port: number;
  readonly stores: ServiceStores;
  /** On its store, without its own repositories. */
  readonly unitOfWork: UnitOfWork<BaseTx>;
  /** Delivers a parked event again to one of this service's consumers. */
  readonly redeliver: (consumer: string, eventId: string) => Promise<Redelivery>;
  /** Retries stuck tasks now; returns how many. */
  readonly hasten: () => Promise<number>;
  /** Starts relays and workers except timers; after the bus has started. */
  start(): Promise<void>;
  /** Resolves when its consumers have no backlog. */
  caughtUp(): Promise<void>;
  /** Starts the timers, once earlier events are handled, so that these take precedence. */
  startTimers(): void;
  /** Idempotent. */
  stop(): Promise<void>;
}

/** Migrates, composes and opens a service. It serves requests, but runs no background work before `start`. */
export const openService = async (
  module: ServiceModule,
  options: HostOptions<Store>,
): Promise<RunningService> => {
  const { toolbox } = options;
  const { stores, bus, metrics, clock } = toolbox;
  if (options.isAlone) {
    const { store } = toolbox;
    if (store.kind === 'sql') await migrate(store.database, store.schema, module.migrations);
    await stores.tasks.releaseAll();
  }
  const composition = await module.compose(toolbox);
  const { consumers = [], workers = [], attachments = [] } = composition;
  for (const consumer of consumers) bus.subscribe(consumer);
  const relay = toolbox.handOver ? undefined : new OutboxRelay(stores.outbox, bus, toolbox.logger);
  const expect = (due: readonly DueTask[]): void => {
    for (const worker of workers) worker.expect(due);
  };
  options.onWake({
    relay: () => {
      relay?.wake();
    },
    tasks: expect,
    slotFor: (kind) => workers.find((worker) => worker.kind === kind)?.reserve(),
  });

  metrics.gauge('outbox_events', 'Events that are not yet delivered', [], async (gauge) => {
    gauge.set(await stores.outbox.size());
  });
  metrics.gauge(
    'outbox_oldest_seconds',
    'Age of the oldest event that is not yet delivered; 0 if there is none',
    [],
    async (gauge) => {
      const [oldest] = await stores.outbox.oldest(1);
      const sinceMs = oldest ? clock.now().getTime() - Date.parse(oldest.envelope.timestamp) : 0;
      gauge.set(Math.max(0, sinceMs) / SECOND);
    },
  );
  metrics.gauge('dead_letters', `Parked events, counted up to ${MOST_LETTERS}`, [], async (gauge) => {
    gauge.set((await stores.deadLetters.list(MOST_LETTERS)).length);
  });
  metrics.gauge('consumer_lag', 'Events that wait for a consumer', ['consumer'], (gauge) => {
    for (const { consumer } of consumers) gauge.set({ consumer }, bus.lag(consumer));
  });
  metrics.gauge(
    'tasks_stuck',
    `Tasks that failed ${STUCK_AFTER} times or more, by kind`,
    ['kind'],
    async (gauge) => {
      const stuck = await stores.tasks.stuck(STUCK_AFTER, 1_000);
      gauge.reset(); // of kinds that no worker has
      for (const { kind } of workers) gauge.set({ kind }, 0);
      for (const { kind } of stuck) gauge.inc({ kind });
    },
  );

  let isStopping = false;
  const ready = async (): Promise<boolean> => {
    if (isStopping) return false;
    try {
      await stores.outbox.size();
      return true;
    } catch {
      return false;
    }
  };
  const { logger, verify, ids } = toolbox;
  const { validateResponses } = options;
  const served = makeServiceApplication({ module, toolbox, composition, expect, validateResponses });
  const { application, unitOfWork, redeliver } = served;
  const { name } = module;
  const inProcess = makeInProcessService({ name, application, metrics, isReady: ready });
  toolbox.neighbours?.http.publish(name, inProcess);
  const app = makeHttpApp({ name, application, verify, ready, metrics, logger, ids });
  const server = await listen(app, options.port, options.host, options.drainMs);
  let sweeps: RunningSweeps | undefined;

  const stop = async (): Promise<void> => {
    isStopping = true;
    await Promise.all([server.close(), inProcess.stop()]);
    await sweeps?.stop();
    await Promise.all(workers.map((worker) => worker.stop()));
    for (const attachment of attachments) await attachment.stop();
    await relay?.stop();
  };
  let stopped: Promise<void> | undefined;

  return {
    name: module.name,
    port: server.port,
    stores,
    unitOfWork,
    redeliver,
    hasten: async () => {
      const due = await stores.tasks.hasten(STUCK_AFTER, clock.now());
      expect(due);
      return due.length;
    },
    start: async () => {
      for (const attachment of attachments) await attachment.start();
      relay?.start();
      for (const worker of workers) if (!worker.isTimer) worker.start();
      sweeps ??= startSweeps(sweepsOf(stores, composition), toolbox);
    },
    caughtUp: async () => {
      await Promise.all(consumers.map(({ consumer }) => bus.caughtUp(consumer)));
    },
    startTimers: () => {
      for (const worker of workers) if (worker.isTimer) worker.start();
    },
    stop: () => (stopped ??= stop()),
  };
};

/** All periodic deletions of a service. */
const sweepsOf = ({ housekeeping }: ServiceStores, { sweeps = [] }: Composition): readonly Sweep[] => [
  { name: 'handled events and idempotency keys', everyMs: HOUR, sweep: (now) => housekeeping.sweep(now) },
  ...sweeps,
];
