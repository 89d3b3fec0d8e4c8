import type { JSONWebKeySet } from 'jose';
import {
  makeServiceTokens,
  makeSigner,
  makeVerifier,
  publicJwk,
  type PrivateJwk,
} from '#adapters/auth/tokens.ts';
import { makeSeal } from '#adapters/events/envelope.ts';
import { makeServiceClient } from '#adapters/http/client.ts';
import { MemoryDatabase } from '#adapters/memory/memory-database.ts';
import { InProcessBus, noJournal } from '#adapters/messaging/in-process-bus.ts';
import { makeLogger, type Logger } from '#adapters/observability/logger.ts';
import { Metrics } from '#adapters/observability/metrics.ts';
import { migrate } from '#adapters/postgres/migrate.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { journalMigrations, sqlJournal } from '#adapters/postgres/sql-journal.ts';
import { makePolicy } from '#adapters/resilience/policy.ts';
import { openService, type RunningService } from '#adapters/service/host.ts';
import { makeAddresses } from '#adapters/service/addresses.ts';
import type { Addresses, ServiceModule, Store, Toolbox } from '#adapters/service/module.ts';
import { storesOf } from '#adapters/service/parts.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';

const HOST = '127.0.0.1';
const CALL_TIMEOUT_MS = 2_000;

export interface PlatformOptions {
  readonly modules: readonly ServiceModule[];
  /** All state in memory when absent. */
  readonly database: SqlDatabase | undefined;
  readonly keys: ReadonlyMap<string, PrivateJwk>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logLevel: string;
  readonly validateResponses: boolean;
}

export interface Platform {
  readonly services: ReadonlyMap<string, RunningService>;
  readonly bus: InProcessBus;
  readonly addresses: Addresses;
  stop(): Promise<void>;
}

export const ISSUER = 'https://shop.local';

/** All services in this process, on loopback ports of their own, over one store and one bus. */
export const startPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { modules, database, keys, env, logLevel } = options;
  const logger = makeLogger({ service: 'bus', level: logLevel });
  if (database) await migrate(database, 'bus', journalMigrations);
  const bus = new InProcessBus(database ? sqlJournal(database) : noJournal, logger);
  const services = new Map<string, RunningService>();
  const addresses = makeAddresses();
  const serviceKeys: JSONWebKeySet = { keys: [...keys.values()].map(publicJwk) };

  for (const module of modules) {
    const wake = { relay: (): void => undefined, tasks: (): void => undefined };
    const toolbox = await makeToolbox(module.name, {
      ...options, bus, serviceKeys, addresses,
      key: keyOf(keys, module.name),
      logger: makeLogger({ service: module.name, level: logLevel }),
      wakeRelay: () => { wake.relay(); },
      wakeTasks: () => { wake.tasks(); },
    }); // prettier-ignore
    const port = Number(env[`${module.name.toUpperCase()}_PORT`] ?? 0);
    const service = await openService(module, {
      toolbox,
      host: HOST,
      port,
      validateResponses: options.validateResponses,
      isAlone: true,
      onWake: (targets) => Object.assign(wake, targets),
    });
    services.set(module.name, service);
    addresses.publish(module.name, `http://${HOST}:${service.port}`);
  }
  await bus.start();
  for (const service of services.values()) await service.start();
  return {
    services,
    bus,
    addresses,
    stop: async () => {
      for (const service of [...services.values()].reverse()) await service.stop();
      await bus.stop();
    },
  };
};

const keyOf = (keys: ReadonlyMap<string, PrivateJwk>, name: string): PrivateJwk => {
  const key = keys.get(name);
  if (!key) throw new Error(`no signing key for ${name}`);
  return key;
};

interface ToolboxParts extends PlatformOptions {
  readonly bus: InProcessBus;
  readonly serviceKeys: JSONWebKeySet;
  readonly addresses: Addresses;
  readonly key: PrivateJwk;
  readonly logger: Logger;
  readonly wakeRelay: () => void;
  readonly wakeTasks: () => void;
}

const makeToolbox = async (name: string, parts: ToolboxParts): Promise<Toolbox> => {
  const { database, bus, serviceKeys, addresses, key, logger, env, wakeRelay, wakeTasks } = parts;
  const store: Store = database
    ? { kind: 'sql', database, schema: name }
    : { kind: 'memory', database: new MemoryDatabase() };
  const metrics = new Metrics(name);
  const breakers = metrics.gauge('circuit_open', '1 while a callee is not called', ['callee']);
  const tokens = makeServiceTokens(name, await makeSigner(key));
  return {
    profile: database ? 'embedded' : 'memory',
    store,
    stores: storesOf(store),
    clock: systemClock,
    ids: systemIds,
    seal: makeSeal(systemIds, systemClock),
    bus,
    logger,
    metrics,
    env,
    wakeRelay,
    wakeTasks,
    tokens,
    key,
    issuer: ISSUER,
    addresses,
    verify: makeVerifier({
      issuer: ISSUER,
      userKeys: () => Promise.resolve(serviceKeys),
      serviceKeys,
      audience: name,
    }),
    client: (callee, { timeoutMs = CALL_TIMEOUT_MS, retries = 0 } = {}) =>
      makeServiceClient({
        service: callee,
        baseUrl: () => addresses.of(callee),
        tokens,
        policy: makePolicy({
          name: callee,
          timeoutMs,
          retries,
          onState: (open) => {
            breakers.set({ callee }, open);
          },
        }),
      }),
  };
};
