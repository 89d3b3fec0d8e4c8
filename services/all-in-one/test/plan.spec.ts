import { existsSync, readFileSync, statSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { generateKey } from '#adapters/auth/tokens.ts';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import type { Engines } from '../main/distributed/engines.ts';
import { makePlan, type Plan, type PlanOptions } from '../main/distributed/plan.ts';

const SERVICES = ['catalog', 'payment'];

const ENGINES = {
  kafka: { brokers: ['127.0.0.1:1'] },
  redis: { url: 'redis://127.0.0.1:2' },
  mongo: { url: 'mongodb://127.0.0.1:3' },
  opensearch: { url: 'http://127.0.0.1:4' },
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
    const names = [...(changes.services ?? SERVICES), 'gateway'];
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
      freePort: () => Promise.resolve((port += 1)),
      via: (address) => Promise.resolve(address),
      ...changes,
    });
  };

  it('has the requested number of processes per service, and one gateway', async () => {
    const { processes } = await planned();
    expect(processes.map(({ name }) => name)).toEqual([
      'catalog',
      'catalog.2',
      'payment',
      'payment.2',
      'gateway',
    ]);
    expect(processes.filter(({ entry }) => !existsSync(entry))).toEqual([]);
  });

  it('exposes only the gateway beyond this machine', async () => {
    const { processes } = await planned({ host: '0.0.0.0', env: { HOST: '0.0.0.0' } });
    const hosts = processes.map(({ name, env }) => [name, env['HOST']]);
    const own = ['catalog', 'catalog.2', 'payment', 'payment.2'].map((name) => [name, '127.0.0.1']);
    expect(hosts).toEqual([...own, ['gateway', '0.0.0.0']]);
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
    for (const { env } of processes)
      expect(env['CATALOG_URL']).toBe([catalog, other].map((one) => url(one?.env['PORT'])).join());
    expect(urlOf('catalog')).toBe(url(catalog?.env['PORT']));
    expect(adminUrls[0]).toBe(url(catalog?.env['ADMIN_PORT']));
  });

  it('gives each service its own database and its own key, readable by the owner only', async () => {
    const { processes } = await planned();
    for (const { name, env } of processes) {
      const [service = ''] = name.split('.');
      expect(env['DATABASE_URL']).toBe(
        service === 'gateway' ? undefined : `postgres://127.0.0.1:4/${service}`,
      );
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
      const { processes } = await planned({ services: ['catalog', 'user'], env });
      return processes.map((process) => process.env['USER_SECRETS_KEY']);
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
});
