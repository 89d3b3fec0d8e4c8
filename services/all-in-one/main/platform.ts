import { z } from 'zod';
import { publicJwk, type PrivateJwk } from '#adapters/auth/tokens.ts';
import { makeUserVerifier, ownIssuer } from '#adapters/auth/user-tokens.ts';
import { InProcessBus, noJournal } from '#adapters/messaging/in-process-bus.ts';
import { makeHandOver } from '#adapters/messaging/hand-over.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import { mergedMetrics, type Metrics } from '#adapters/observability/metrics.ts';
import { migrate } from '#adapters/postgres/migrate.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { journalMigrations, sqlJournal } from '#adapters/postgres/sql-journal.ts';
import { sqlOutboxes } from '#adapters/postgres/sql-outboxes.ts';
import { readConfig } from '#adapters/service/config.ts';
import { makeNeighbours } from '#adapters/service/neighbours.ts';
import { openService, type RunningService } from '#adapters/service/host.ts';
import { makeAddresses } from '#adapters/service/addresses.ts';
import { oidcIssuers } from '#adapters/service/oidc-issuer.ts';
import { memoryStore } from '#adapters/service/store.ts';
import { makeToolbox } from '#adapters/service/toolbox.ts';
import type { Addresses, CommonStore, ServiceModule, Toolbox } from '#adapters/service/module.ts';
import type { EventBus } from '#kernel/event-bus.ts';

const HOST = '127.0.0.1';

/** `network`: calls use sockets as between processes, for tests of that transport. */
const SETTINGS = { SHOP_TRANSPORT: z.enum(['in-process', 'network']).default('in-process') };

export interface PlatformOptions {
  readonly modules: readonly ServiceModule[];
  /** All state is in memory if absent. */
  readonly database: SqlDatabase | undefined;
  readonly keys: ReadonlyMap<string, PrivateJwk>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Makes a logger for each part by name. */
  readonly loggerOf: (part: string) => Logger;
  readonly validateResponses: boolean;
  /** The gateway: subscribes when it is called, and opens when `start` is called. */
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
  /** Metrics of all parts, in Prometheus' text format. */
  metrics(): Promise<string>;
  /** Resolves when no event is pending. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export const ISSUER = 'https://shop.local';
const USER = 'user';
export const GATEWAY = 'gateway';

/** All services in this process, on separate loopback ports, with a shared store and bus. */
export const startPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { modules, database, env, keys, loggerOf } = options;
  if (database) await migrate(database, 'bus', journalMigrations);
  const busLogger = loggerOf('bus');
  const bus = database
    ? new InProcessBus(
        sqlJournal(database),
        busLogger,
        sqlOutboxes(database, modules.filter(({ isStateless }) => isStateless !== true).map(schemaOf)),
      )
    : new InProcessBus(noJournal, busLogger);
  const handOver =
    database &&
    makeHandOver({
      deliver: (events) => {
        bus.deliver(events);
      },
      reread: () => bus.restore(),
      onError: (error) => {
        busLogger.error({ err: error }, 'the outboxes cannot be read again, will try again');
      },
    });
  const services = new Map<string, RunningService>();
  const addresses = makeAddresses();
  const neighbours = readConfig(SETTINGS, env).SHOP_TRANSPORT === 'in-process' ? makeNeighbours() : undefined;
  const counted: Metrics[] = [];
  const userKeys = { keys: [publicJwk(keyOf(keys, USER))] };
  const own = ownIssuer(ISSUER, () => Promise.resolve(userKeys));
  const users = makeUserVerifier(own, ...oidcIssuers(env));
  const serviceKeys = { keys: [...keys.values()].map(publicJwk) };
  const profile = database ? 'embedded' : 'memory';
  const toolboxOf = async (name: string, store: CommonStore) => {
    const made = await makeToolbox({ name, profile, store, bus, handOver, addresses, neighbours, env, logger: loggerOf(name), key: keyOf(keys, name), serviceKeys, users, issuer: ISSUER }); // prettier-ignore
    counted.push(made.toolbox.metrics);
    return made;
  };

  for (const module of modules) {
    const store: CommonStore =
      database && module.isStateless !== true
        ? { kind: 'sql', database, schema: schemaOf(module) }
        : memoryStore();
    const service = await openService(module, {
      ...(await toolboxOf(module.name, store)),
      host: HOST,
      port: Number(env[`${module.name.toUpperCase()}_PORT`] ?? 0),
      validateResponses: options.validateResponses,
      isAlone: true,
    });
    services.set(module.name, service);
    addresses.publish(module.name, `http://${HOST}:${service.port}`);
  }
  const { toolbox: gatewayTools } = await toolboxOf(GATEWAY, memoryStore());
  const gateway = options.gateway(gatewayTools);
  await bus.start();
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
    openGateway: async () => {
      edge = await gateway.start();
      addresses.publish(GATEWAY, `http://${HOST}:${edge.port}`);
      return edge;
    },
    metrics: () => mergedMetrics(counted),
    settled: () => settled([...services.values()], bus),
    stop: async () => {
      stopping.abort();
      await edge?.stop();
      for (const service of [...services.values()].reverse()) await service.stop();
      await bus.stop();
    },
  };
};

const schemaOf = ({ name, schema = name }: ServiceModule): string => schema;

/** The longest chain of events that must be handled before timers fire: an order placed, reserved, confirmed. */
const ROUNDS = 3;
const PAUSE_MS = 20;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/**
 * Resolves when the events in outboxes and on the bus have been handled, and those that they caused. Each
 * outbox and consumer must be empty once, but not all at the same time, which a busy shop may never reach.
 */
const pastHandled = async (services: readonly RunningService[], signal: AbortSignal): Promise<void> => {
  const emptied = async ({ stores }: RunningService): Promise<void> => {
    const size = (): Promise<number> => stores.outbox.size().catch(() => 1); // checked again
    while (!signal.aborted && (await size()) > 0) await pause();
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    await Promise.all(services.map(emptied));
    await Promise.all(services.map((service) => service.caughtUp()));
  }
};

/** Events leave an outbox only once they are on the bus, so none is in between. */
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
