import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { derivedSealingKey } from '#adapters/auth/sealing.ts';
import { publicJwk, type PrivateJwk } from '#adapters/auth/tokens.ts';
import type { Program } from '#adapters/process/child.ts';
import { addressVariable } from '#adapters/service/addresses.ts';
import type { ServiceModule } from '#adapters/service/module.ts';
import type { Engines } from './engines.ts';
import { environmentOf, type Part } from './environment.ts';

type Env = Readonly<Record<string, string | undefined>>;

const HOST = '127.0.0.1';
/** It counts requests in Redis. */
const GATEWAY: Part = { name: 'gateway', store: 'redis' };
/** No service: it has no state, no key, and knows nobody. */
const PORTAL: Part = { name: 'admin-portal', settings: ['ADMIN_PORTAL_'], isStateless: true };
/** It has no key, because it asks nobody as a service; it keeps in Redis what it knows. */
const RECOMMENDATION: Part = { name: 'recommendation', store: 'redis' };
const PAYMENT = 'payment';
const USER = 'user';

export type PlannedService = Part & Pick<ServiceModule, 'needs'>;

export interface PlanOptions {
  readonly services: readonly PlannedService[];
  /** Instances per service; there is one gateway. */
  readonly instances: number;
  readonly engines: Engines;
  readonly keys: ReadonlyMap<string, PrivateJwk>;
  /** Folder for keys, readable by the owner only. */
  readonly folder: string;
  /** Port of the gateway. */
  readonly host: string;
  readonly port: number;
  /** Opens the admin server of every process. */
  readonly adminKey: string;
  readonly env: Env;
  /** Whether there is a Python for the recommendation service. */
  readonly hasRecommendations: boolean;
  readonly freePort: () => Promise<number>;
  /** The address under which others reach a listener: a test may insert a proxy. */
  readonly via: (address: string) => Promise<string>;
}

/** As in a file of Prometheus' `file_sd_configs`. */
export interface Target {
  readonly targets: readonly string[];
  readonly labels: { readonly job: string };
}

export interface Plan {
  readonly processes: readonly Program[];
  /** What Prometheus scrapes: where each process has its metrics. */
  readonly targets: readonly Target[];
  /** Addresses of the admin servers. */
  readonly adminUrls: readonly string[];
  readonly urlOf: (service: string) => string;
}

const entryOf = (service: string): URL => new URL(`../../../${service}/main/server.ts`, import.meta.url);

interface Instance {
  readonly name: string;
  readonly service: PlannedService;
  readonly port: number;
  readonly adminPort: number;
  /** Only for its service. */
  readonly extra: Env;
}

/** The processes, and the environment of each. */
export const makePlan = async (options: PlanOptions): Promise<Plan> => {
  const { services, instances, engines, keys, folder, adminKey, env, freePort } = options;
  const all: Instance[] = [];
  const addresses = new Map<string, string[]>();
  const publish = async (name: string, address: string): Promise<void> => {
    addresses.set(name, [...(addresses.get(name) ?? []), await options.via(address)]);
  };
  for (const service of services)
    for (let number = 1; number <= instances; number += 1) {
      const [port, adminPort] = [await freePort(), await freePort()];
      const { name } = service;
      await publish(name, `http://${HOST}:${port}`);
      const extra =
        name === PAYMENT ? await paymentPorts(env, number, freePort, publish) : secretsOf(name, keys, env);
      all.push({ name: number === 1 ? name : `${name}.${number}`, service, port, adminPort, extra });
    }
  const recommendationPorts: number[] = [];
  for (let number = 1; options.hasRecommendations && number <= instances; number += 1) {
    const port = await freePort();
    await publish(RECOMMENDATION.name, `http://${HOST}:${port}`);
    recommendationPorts.push(port);
  }
  const portalPort = await freePort();
  await publish(PORTAL.name, `http://${HOST}:${portalPort}`);
  addresses.set(GATEWAY.name, [`http://${options.host === '0.0.0.0' ? HOST : options.host}:${options.port}`]);
  const known = Object.fromEntries(
    [...addresses].map(([name, urls]) => [addressVariable(name), urls.join(',')]),
  );
  const keysFile = join(folder, 'public-keys.json');
  write(keysFile, { keys: [...keys.values()].map(publicJwk) });
  const shared = {
    ...known,
    HOST,
    SERVICE_KEYS_FILE: keysFile,
    KAFKA_BROKERS: engines.kafka.brokers.join(','),
  };
  const models = join(folder, 'models');
  const given = {
    MEDIA_DIRECTORY: join(folder, 'media'),
    RECOMMENDATION_MODELS: models,
    ...(engines.collector && { OTEL_EXPORTER_OTLP_ENDPOINT: engines.collector.url }),
    ...env,
  };
  const gatewayMetricsPort = await freePort();
  const gateway = {
    HOST: options.host,
    PORT: String(options.port),
    GATEWAY_METRICS_PORT: String(gatewayMetricsPort),
    SHUTDOWN_DRAIN_MS: '0',
  };
  const target = (job: string, port: number): Target => ({ targets: [`${HOST}:${port}`], labels: { job } });
  return {
    processes: [
      ...all.map(({ name, service, port, adminPort, extra }) => ({
        name,
        entry: entryOf(service.name),
        env: {
          ...environmentOf(service, given),
          ...shared,
          ...extra,
          PORT: String(port),
          ADMIN_PORT: String(adminPort),
          ADMIN_KEY: adminKey,
          ...enginesOf(service, engines),
          SERVICE_KEY_FILE: keyFile(keys, service.name, folder),
        },
      })),
      ...recommendationPorts.map((port, index) => ({
        name: index === 0 ? RECOMMENDATION.name : `${RECOMMENDATION.name}.${index + 1}`,
        entry: entryOf(RECOMMENDATION.name),
        env: {
          ...environmentOf(RECOMMENDATION, given),
          ...shared,
          PORT: String(port),
          REDIS_URL: engines.redis.url,
        },
      })),
      {
        name: PORTAL.name,
        entry: entryOf(PORTAL.name),
        env: { ...environmentOf(PORTAL, given), HOST, PORT: String(portalPort) },
      },
      {
        name: GATEWAY.name,
        entry: entryOf(GATEWAY.name),
        env: {
          ...environmentOf(GATEWAY, given),
          ...shared,
          ...gateway,
          REDIS_URL: engines.redis.url,
          SERVICE_KEY_FILE: keyFile(keys, GATEWAY.name, folder),
        },
      },
    ],
    targets: [
      ...all.map(({ service, port }) => target(service.name, port)),
      ...recommendationPorts.map((port) => target(RECOMMENDATION.name, port)),
      target(GATEWAY.name, gatewayMetricsPort),
    ],
    adminUrls: all.map(({ adminPort }) => `http://${HOST}:${adminPort}`),
    urlOf: (service) => addresses.get(service)?.[0] ?? '',
  };
};

/** The servers that hold its state. */
const enginesOf = (service: PlannedService, engines: Engines): Env => {
  const { name, store = 'postgres', isStateless = false, needs = {} } = service;
  const stores = {
    postgres: { DATABASE_URL: engines.postgres.services[name] },
    redis: { REDIS_URL: engines.redis.url },
    mongo: { MONGODB_URL: engines.mongo.url },
  };
  return {
    ...(isStateless ? {} : stores[store]),
    ...('OPENSEARCH_URL' in needs ? { OPENSEARCH_URL: engines.opensearch.url } : {}),
    ...('CASSANDRA_CONTACTS' in needs ? { CASSANDRA_CONTACTS: engines.cassandra.contacts.join() } : {}),
  };
};

/** What the user service seals its secrets with, on all its instances. */
const secretsOf = (service: string, keys: ReadonlyMap<string, PrivateJwk>, env: Env): Env => {
  const key = service === USER ? keys.get(USER) : undefined;
  return key ? { USER_SECRETS_KEY: env['USER_SECRETS_KEY'] ?? derivedSealingKey(key) } : {};
};

/** The gRPC server and, in the first instance, the mock gateway's token server. */
const paymentPorts = async (
  env: Env,
  number: number,
  freePort: () => Promise<number>,
  publish: (name: string, address: string) => Promise<void>,
): Promise<Env> => {
  const grpc = await freePort();
  await publish('payment.grpc', `${HOST}:${grpc}`);
  const wished = number === 1 ? Number(env['PAYMENT_MOCK_GATEWAY_PORT'] ?? 0) : 0;
  const mock = wished > 0 ? wished : await freePort();
  if (number === 1) await publish('mock-gateway', `http://${HOST}:${mock}`);
  return { PAYMENT_GRPC_PORT: String(grpc), PAYMENT_MOCK_GATEWAY_PORT: String(mock) };
};

const write = (file: string, content: unknown): void => {
  writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
};

const keyFile = (keys: ReadonlyMap<string, PrivateJwk>, service: string, folder: string): string => {
  const file = join(folder, `key.${service}.json`);
  write(file, keys.get(service));
  return file;
};
