import {
  makeServiceTokens,
  makeSigner,
  makeUserVerifier,
  makeVerifier,
  publicJwk,
  type PrivateJwk,
  type TokenVerifier,
} from '#adapters/auth/tokens.ts';
import { makeSeal } from '#adapters/events/envelope.ts';
import { makeServiceClient } from '#adapters/http/client.ts';
import { MemoryDatabase } from '#adapters/memory/memory-database.ts';
import { InProcessBus, noJournal } from '#adapters/messaging/in-process-bus.ts';
import { OutboxRelay } from '#adapters/messaging/relay.ts';
import { z } from 'zod';
import type { Logger } from '#adapters/observability/logger.ts';
import { mergedMetrics, Metrics } from '#adapters/observability/metrics.ts';
import { journalRoute } from '#adapters/postgres/journal-route.ts';
import { migrate } from '#adapters/postgres/migrate.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { journalMigrations, sqlJournal } from '#adapters/postgres/sql-journal.ts';
import { makePolicy } from '#adapters/resilience/policy.ts';
import { openService, type RunningService } from '#adapters/service/host.ts';
import { readConfig } from '#adapters/service/config.ts';
import { makeAddresses } from '#adapters/service/addresses.ts';
import type { Addresses, ServiceModule, Store, Toolbox } from '#adapters/service/module.ts';
import { storesOf } from '#adapters/service/parts.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventBus } from '#kernel/event-bus.ts';
import type { DueTask } from '#kernel/tasks.ts';

const HOST = '127.0.0.1';
const CALL_TIMEOUT_MS = 2_000;

/** `SHOP_CALL_TIMEOUT_MS` overrules what services ask for, where machines are slow. */
const SETTINGS = { SHOP_CALL_TIMEOUT_MS: z.coerce.number().int().min(1).optional() };

export interface PlatformOptions {
  readonly modules: readonly ServiceModule[];
  /** All state in memory when absent. */
  readonly database: SqlDatabase | undefined;
  readonly keys: ReadonlyMap<string, PrivateJwk>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A logger for each part by its name. */
  readonly loggerOf: (part: string) => Logger;
  readonly validateResponses: boolean;
  /** The gateway: subscribes when it is called, and opens when `start` is. */
  readonly gateway: (toolbox: Toolbox) => { start(): Promise<Edge> };
}

export interface Edge {
  readonly port: number;
  stop(): Promise<void>;
}

export interface Platform {
  readonly services: ReadonlyMap<string, RunningService>;
  readonly addresses: Addresses;
  readonly bus: EventBus;
  /** Opens the gateway. */
  openGateway(): Promise<Edge>;
  /** What all parts have counted, in Prometheus' text format. */
  metrics(): Promise<string>;
  /** Resolves when no event is on its way. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export const ISSUER = 'https://shop.local';
const USER = 'user';
export const GATEWAY = 'gateway';

/** All services in this process, on loopback ports of their own, over one store and one bus. */
export const startPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { modules, database, env, loggerOf } = options;
  if (database) await migrate(database, 'bus', journalMigrations);
  const bus = new InProcessBus(database ? sqlJournal(database) : noJournal, loggerOf('bus'));
  const schemas = modules.map(schemaOf);
  const relay = database && new OutboxRelay(journalRoute(database, schemas, bus), loggerOf('relay'));
  const services = new Map<string, RunningService>();
  const addresses = makeAddresses();
  const counted: Metrics[] = [];
  const userKeys = { keys: [publicJwk(keyOf(options.keys, USER))] };
  const users = makeUserVerifier({ issuer: ISSUER, keys: () => Promise.resolve(userKeys) });
  const shared = { ...options, bus, addresses, users };

  for (const module of modules) {
    const wake = asleep();
    const schema = schemaOf(module);
    const toolbox = await makeToolbox(module.name, { ...shared, schema, wake });
    counted.push(toolbox.metrics);
    const service = await openService(module, {
      toolbox,
      host: HOST,
      port: Number(env[`${module.name.toUpperCase()}_PORT`] ?? 0),
      validateResponses: options.validateResponses,
      isAlone: true,
      relay,
      onWake: (targets) => Object.assign(wake, targets),
    });
    services.set(module.name, service);
    addresses.publish(module.name, `http://${HOST}:${service.port}`);
  }
  const gatewayTools = await makeToolbox(GATEWAY, {
    ...shared,
    database: undefined,
    schema: GATEWAY,
    wake: asleep(),
  });
  counted.push(gatewayTools.metrics);
  const gateway = options.gateway(gatewayTools);
  await bus.start();
  relay?.start();
  for (const service of services.values()) await service.start();
  const stopping = new AbortController();
  void pastHandled([...services.values()], stopping.signal).then(() => {
    if (!stopping.signal.aborted) for (const service of services.values()) service.startTimers();
  });
  let edge: Edge | undefined;
  return {
    services,
    addresses,
    bus,
    openGateway: async () => (edge = await gateway.start()),
    metrics: () => mergedMetrics(counted),
    settled: () => settled([...services.values()], bus),
    stop: async () => {
      stopping.abort();
      await edge?.stop();
      for (const service of [...services.values()].reverse()) await service.stop();
      await relay?.stop();
      await bus.stop();
    },
  };
};

const schemaOf = ({ name, schema = name }: ServiceModule): string => schema;

/** Wake-ups before there is anybody to wake. */
const asleep = (): { relay: () => void; tasks: (due: readonly DueTask[]) => void } => ({
  relay: () => undefined,
  tasks: () => undefined,
});

/** Steps from one service's event to another's that timers let go first: an order placed, reserved, confirmed. */
const ROUNDS = 3;
const PAUSE_MS = 20;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/**
 * Resolves when the events that wait in outboxes and on the bus have been handled, and those that they led to. Each
 * outbox and consumer needs to have nothing left once, not all at the same time, which a busy shop may never see.
 */
const pastHandled = async (services: readonly RunningService[], signal: AbortSignal): Promise<void> => {
  const emptied = async ({ stores }: RunningService): Promise<void> => {
    const size = (): Promise<number> => stores.outbox.size().catch(() => 1); // asked again
    while (!signal.aborted && (await size()) > 0) await pause();
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    await Promise.all(services.map(emptied));
    await Promise.all(services.map((service) => service.caughtUp()));
  }
};

/** Events leave an outbox only when the bus has them, so nothing is between the two. */
const settled = async (services: readonly RunningService[], bus: InProcessBus): Promise<void> => {
  const isQuiet = async (): Promise<boolean> => {
    const waiting = await Promise.all(services.map(({ stores }) => stores.outbox.size()));
    return waiting.every((size) => size === 0) && bus.totalLag() === 0;
  };
  while (!(await isQuiet())) await pause();
};

const keyOf = (keys: ReadonlyMap<string, PrivateJwk>, name: string): PrivateJwk => {
  const key = keys.get(name);
  if (!key) throw new Error(`no signing key for ${name}`);
  return key;
};

interface ToolboxParts extends PlatformOptions {
  readonly schema: string;
  readonly bus: InProcessBus;
  readonly addresses: Addresses;
  readonly wake: ReturnType<typeof asleep>;
  readonly users: TokenVerifier;
}

const makeToolbox = async (name: string, parts: ToolboxParts): Promise<Toolbox> => {
  const { schema, database, bus, keys, addresses, loggerOf, env, wake } = parts;
  const store: Store = database
    ? { kind: 'sql', database, schema }
    : { kind: 'memory', database: new MemoryDatabase() };
  const key = keyOf(keys, name);
  const metrics = new Metrics(name);
  const { SHOP_CALL_TIMEOUT_MS: overruled } = readConfig(SETTINGS, env);
  const breakers = metrics.gauge('circuit_open', '1 while a callee is not called', ['callee']);
  const tokens = makeServiceTokens(name, await makeSigner(key));
  return {
    profile: parts.database ? 'embedded' : 'memory',
    store,
    stores: storesOf(store),
    clock: systemClock,
    ids: systemIds,
    seal: makeSeal(systemIds, systemClock),
    bus,
    logger: loggerOf(name),
    metrics,
    breakers,
    env,
    wakeRelay: () => {
      wake.relay();
    },
    wakeTasks: (due) => {
      wake.tasks(due);
    },
    tokens,
    key,
    issuer: ISSUER,
    addresses,
    verify: makeVerifier({
      users: parts.users,
      serviceKeys: { keys: [...keys.values()].map(publicJwk) },
      audience: name,
    }),
    client: (callee, { timeoutMs = CALL_TIMEOUT_MS, retries = 0 } = {}) =>
      makeServiceClient({
        service: callee,
        baseUrl: () => addresses.of(callee),
        tokens,
        policy: makePolicy({
          name: callee,
          timeoutMs: overruled ?? timeoutMs,
          retries,
          onState: (open) => {
            breakers.set({ callee }, open);
          },
        }),
      }),
  };
};
