import { existsSync, readFileSync, statSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { generateKey } from '#adapters/auth/tokens.ts';
import { addressVariable } from '#adapters/service/addresses.ts';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import type { Engines } from '../main/distributed/engines.ts';
import { mayRead } from '../main/distributed/environment.ts';
import { makePlan, type Plan, type PlannedService, type PlanOptions } from '../main/distributed/plan.ts';
import { MODULES, STATEFUL } from '../main/modules.ts';

const SERVICES: readonly PlannedService[] = [
  { name: 'catalog', store: 'mongo' },
  { name: 'payment' },
  { name: 'storefront', isStateless: true },
];

const ENGINES = {
  kafka: { brokers: ['127.0.0.1:1'] },
  redis: { url: 'redis://127.0.0.1:2' },
  mongo: { url: 'mongodb://127.0.0.1:3' },
  opensearch: { url: 'http://127.0.0.1:4' },
  cassandra: { contacts: ['127.0.0.1:5'] },
  postgres: {
    services: { catalog: 'postgres://127.0.0.1:4/catalog', payment: 'postgres://127.0.0.1:4/payment' },
  },
} as unknown as Engines;

describe('the plan of a distributed shop', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });

  const planned = async (changes: Partial<PlanOptions> = {}): Promise<Plan> => {
    let port = 20_000;
    const names = [...(changes.services ?? SERVICES).map(({ name }) => name), 'gateway'];
    const keys = new Map(
      await Promise.all(names.map(async (name) => [name, await generateKey(name)] as const)),
    );
    return makePlan({
      services: SERVICES,
      instances: 2,
      engines: ENGINES,
      keys,
      folder,
      host: '127.0.0.1',
      port: 8_080,
      adminKey: 'the key of the operators',
      env: {},
      hasRecommendations: false,
      freePort: () => Promise.resolve((port += 1)),
      via: (address) => Promise.resolve(address),
      ...changes,
    });
  };

  /** The portal is no service: it knows no other process, and has neither key nor store. */
  const isNoPortal = ({ name }: { readonly name: string }): boolean => name !== 'admin-portal';

  it('has the requested number of processes per service, one portal and one gateway', async () => {
    const { processes } = await planned();
    expect(processes.map(({ name }) => name)).toEqual([
      'catalog',
      'catalog.2',
      'payment',
      'payment.2',
      'storefront',
      'storefront.2',
      'admin-portal',
      'gateway',
    ]);
    expect(processes.filter((one) => !('entry' in one && existsSync(one.entry)))).toEqual([]);
  });

  it('has the recommendation service, without a key, if there is a Python for it', async () => {
    const { processes, urlOf } = await planned({ hasRecommendations: true });
    const found = processes.filter(({ name }) => name.startsWith('recommendation'));
    expect(found.map(({ name }) => name)).toEqual(['recommendation', 'recommendation.2']);
    const [{ env } = { env: {} }] = found;
    expect(env).toMatchObject({ REDIS_URL: 'redis://127.0.0.1:2', KAFKA_BROKERS: '127.0.0.1:1' });
    for (const name of ['SERVICE_KEY_FILE', 'DATABASE_URL', 'ADMIN_KEY'])
      expect(env).not.toHaveProperty(name);
    expect(processes.at(-1)?.env['RECOMMENDATION_URL']).toContain(urlOf('recommendation'));
  });

  it('exposes only the gateway beyond this machine', async () => {
    const { processes } = await planned({ host: '0.0.0.0', env: { HOST: '0.0.0.0' } });
    const hosts = processes.map(({ name, env }) => [name, env['HOST']]);
    const services = hosts.slice(0, -1);
    expect(services).toEqual(services.map(([name]) => [name, '127.0.0.1']));
    expect(hosts.at(-1)).toEqual(['gateway', '0.0.0.0']);
    const elsewhere = processes.flatMap(({ env }) => Object.keys(env).filter((key) => key.endsWith('_HOST')));
    expect(elsewhere).toEqual([]);
  });

  it('gives every listener a separate port, and every process their addresses', async () => {
    const { processes, adminUrls, urlOf } = await planned();
    const ports = processes.flatMap(({ env }) =>
      ['PORT', 'ADMIN_PORT', 'PAYMENT_GRPC_PORT', 'PAYMENT_MOCK_GATEWAY_PORT'].flatMap(
        (name) => env[name] ?? [],
      ),
    );
    expect(new Set(ports).size).toBe(ports.length);
    const [catalog, other] = processes;
    const url = (port: string | undefined): string => `http://127.0.0.1:${port ?? ''}`;
    for (const { env } of processes.filter(isNoPortal))
      expect(env['CATALOG_URL']).toBe([catalog, other].map((one) => url(one?.env['PORT'])).join());
    expect(urlOf('catalog')).toBe(url(catalog?.env['PORT']));
    expect(adminUrls[0]).toBe(url(catalog?.env['ADMIN_PORT']));
  });

  it('tells Prometheus where every process has its metrics; the portal has none', async () => {
    const { processes, targets } = await planned({ hasRecommendations: true });
    const ports = processes
      .filter(isNoPortal)
      .map(({ env }) => `127.0.0.1:${env['GATEWAY_METRICS_PORT'] ?? env['PORT'] ?? ''}`);
    expect(targets.flatMap((one) => one.targets)).toEqual(ports);
    expect(targets[1]).toMatchObject({ labels: { job: 'catalog' } });
    expect(targets.at(-1)).toMatchObject({ labels: { job: 'gateway' } });
  });

  it('sends traces to the collector that runs, unless told otherwise', async () => {
    const tracesOf = async (changes: Partial<PlanOptions>) => {
      const { processes } = await planned(changes);
      return new Set(processes.map(({ env }) => env['OTEL_EXPORTER_OTLP_ENDPOINT']));
    };
    const engines = { ...ENGINES, collector: { url: 'http://127.0.0.1:9' } };
    expect(await tracesOf({})).toEqual(new Set([undefined]));
    expect(await tracesOf({ engines })).toEqual(new Set(['http://127.0.0.1:9']));
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:8' };
    expect(await tracesOf({ engines, env })).toEqual(new Set(['http://127.0.0.1:8']));
  });

  const STORES_OF: Readonly<Record<string, object>> = {
    catalog: { MONGODB_URL: 'mongodb://127.0.0.1:3' },
    payment: { DATABASE_URL: 'postgres://127.0.0.1:4/payment' },
    storefront: {},
    gateway: { REDIS_URL: 'redis://127.0.0.1:2' },
  };

  it('gives each service its own database and its own key, readable by the owner only', async () => {
    const { processes } = await planned();
    for (const { name, env } of processes.filter(isNoPortal)) {
      const [service = ''] = name.split('.');
      const { DATABASE_URL, MONGODB_URL, REDIS_URL, OPENSEARCH_URL } = env;
      expect({ DATABASE_URL, MONGODB_URL, REDIS_URL, OPENSEARCH_URL }).toEqual(STORES_OF[service]);
      const file = env['SERVICE_KEY_FILE'] ?? '';
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ kid: service, d: expect.any(String) });
      expect(statSync(file).mode & 0o077).toBe(0);
    }
    const [first] = processes;
    const { keys } = JSON.parse(readFileSync(first?.env['SERVICE_KEYS_FILE'] ?? '', 'utf8')) as {
      keys: object[];
    };
    expect(keys).toHaveLength(SERVICES.length + 1);
    expect(keys.filter((key) => 'd' in key)).toEqual([]);
  });

  it('gives only the instances of the user service the key that seals secrets', async () => {
    const sealedBy = async (env: Readonly<Record<string, string>>) => {
      const { processes } = await planned({ services: [{ name: 'catalog' }, { name: 'user' }], env });
      return processes.filter(isNoPortal).map((process) => process.env['USER_SECRETS_KEY']);
    };
    const [, , key, same] = await sealedBy({});
    expect(await sealedBy({})).toEqual([
      undefined,
      undefined,
      expect.any(String),
      expect.any(String),
      undefined,
    ]);
    expect(key).toMatch(/^derived:/);
    expect(same).toBe(key);
    expect((await sealedBy({ USER_SECRETS_KEY: 'own' })).slice(2, 4)).toEqual(['own', 'own']);
  });

  it('gives each process only the common settings and its own', async () => {
    /** Variable → the processes that get it. */
    const canaries = {
      CART_TOKEN_SECRET: ['cart'],
      NOTIFICATION_SENDGRID_KEY: ['notification'],
      MEDIA_S3_SECRET_KEY: ['media'],
      AWS_SECRET_ACCESS_KEY: ['media'],
      PAYMENT_MOCK_SEED: ['payment'],
      USER_ACCOUNTS: ['user'],
      USER_SECRETS_KEY: ['user'],
      READ_URL: ['user'],
      STOREFRONT_PUBLIC_URL: ['storefront'],
      DATABASE_POOL: STATEFUL.filter(({ store = 'postgres' }) => store === 'postgres').map(
        ({ name }) => name,
      ),
      GATEWAY_CORS_ORIGINS: ['gateway'],
      REDIS_TIMEOUT_MS: ['cart', 'gateway'],
      MONGODB_TIMEOUT_MS: ['catalog', 'review'],
      OPENSEARCH_TIMEOUT_MS: ['search'],
      SOME_OTHER_SECRET: [],
      GITHUB_TOKEN: [],
      KAFKA_SASL_PASSWORD: 'all',
      LOG_LEVEL: 'all',
      NODE_EXTRA_CA_CERTS: 'all',
      Path: 'all',
      SHOP_NAME: 'all',
      OIDC_ISSUER: 'all',
      USER_ISSUER: 'all',
    } as const;
    const env = Object.fromEntries(Object.keys(canaries).map((name) => [name, `canary ${name}`]));
    const { processes } = await planned({ services: MODULES, instances: 1, env });
    const all = processes.map(({ name }) => name).sort();
    for (const [name, owners] of Object.entries(canaries)) {
      const holders = processes.filter((process) =>
        Object.values(process.env).some((value) => value?.includes(`canary ${name}`)),
      );
      const expected = owners === 'all' ? all : [...owners].sort();
      expect([name, holders.map((process) => process.name).sort()]).toEqual([name, expected]);
    }
  });

  it('withholds nothing that a service reads, and gives no setting the name of an address', async () => {
    const taken = new Set(MODULES.map(({ name }) => addressVariable(name)));
    for (const module of MODULES) {
      const read = new Set<string>();
      const note = (name: string | symbol): void => void (typeof name === 'string' && read.add(name));
      const env = new Proxy<Record<string, string>>(
        { USER_SECRETS_KEY: `a:${Buffer.alloc(32).toString('base64url')}` },
        {
          get: (from, name) => (note(name), Reflect.get(from, name) as unknown),
          has: (from, name) => (note(name), Reflect.has(from, name)),
        },
      );
      const client = () => () => Promise.reject(new Error('nobody is asked here'));
      await module.compose({ ...(await openToolbox('memory', module)), client, env });
      const wrong = [...read].filter((name) => !mayRead(module, name) || taken.has(name));
      expect([module.name, wrong]).toEqual([module.name, []]);
    }
  });
});
