import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { mayRead } from '#all-in-one/main/distributed/environment.ts';
import { MODULES } from '#all-in-one/main/modules.ts';
import { addressVariable } from '#adapters/service/addresses.ts';
import { shopServices } from '../containers/compose-file.ts';
import { SERVICES } from '../containers/images.ts';
import { makeKeys, STORES, troublesOf, unreadBy, type Env } from '../containers/variables.ts';
import { edgeTroubles, readPacts } from './edges.ts';
import { calls, CHARTS, library, variablesOf } from './values.ts';

const { requests, onTheBus } = readPacts();

/** Values for what Helm and Vault fill in. */
const SAMPLES: Readonly<Record<string, string>> = {
  '<accounts>': '[]',
  '<brokers>': 'kafka:9096',
  '<contacts>': 'cassandra:9042',
  '<data_center>': 'eu-central-1',
  '<mechanism>': 'SCRAM-SHA-512',
  '<port>': '8080',
  '<replicas>': '3',
  '<secrets_key>': `first:${Buffer.alloc(32).toString('base64')}`,
  '<smtp_url>': 'smtp://mail:587',
};

let keys: string;
beforeAll(() => {
  keys = makeKeys();
});

/** The variables of a service's pods, filled in. */
const environmentOf = (service: string): Env => {
  const files: Env = {
    SERVICE_KEY_FILE: join(keys, service, 'key.json'),
    SERVICE_KEYS_FILE: join(keys, service, 'public-keys.json'),
  };
  const {
    NODE_EXTRA_CA_CERTS: _ofNode,
    OTEL_EXPORTER_OTLP_ENDPOINT: _unused,
    ...variables
  } = variablesOf(service);
  return Object.fromEntries(
    Object.entries(variables).map(([name, text]) => [
      name,
      files[name] ??
        text
          .replaceAll(/\{\{.+?_url \}\}/g, 'https://media.example.com')
          .replaceAll(/\{\{.+?\}\}/g, 'shop.example.com')
          .replaceAll(/<\w+>/g, (field) => SAMPLES[field] ?? 'sample'),
    ]),
  );
};

describe('the charts', () => {
  it('are one for each service, the gateway and the portals', () => {
    expect(CHARTS).toEqual(SERVICES);
    expect(Object.keys(library.edges).sort()).toEqual([...SERVICES, 'ingress'].sort());
  });

  it.each(MODULES)('give $name all variables that it needs, and no other', async (module) => {
    expect(await troublesOf(module, environmentOf(module.name))).toEqual([]);
  });

  it.each(['gateway', 'admin-portal', 'recommendation'])(
    'give %s no variable that it does not read',
    (service) => {
      expect(unreadBy(service, Object.keys(environmentOf(service)))).toEqual([]);
    },
  );

  it('give no service a secret of another', () => {
    for (const module of MODULES) {
      const allowed = new Set([
        'SERVICE_KEY_FILE',
        'SERVICE_KEYS_FILE',
        STORES[module.store ?? 'postgres'],
        ...(calls.get(module.name) ?? []).map(addressVariable),
      ]);
      const foreign = Object.keys(variablesOf(module.name)).filter(
        (variable) => !allowed.has(variable) && !mayRead(module, variable),
      );
      expect([module.name, foreign]).toEqual([module.name, []]);
    }
  });
});

describe('the list of edges', () => {
  const withKafka = Object.entries(library.edges)
    .filter(([, { stores }]) => stores.includes('kafka'))
    .map(([name]) => name)
    .sort();

  it('has those of the Pacts, and no other', () => {
    expect(edgeTroubles(calls, requests)).toEqual([]);
  });

  it('is that of compose.yaml', () => {
    const compose = shopServices({ SHOP_PASSWORD: 'x' });
    for (const service of SERVICES) {
      const expected = Object.entries(compose.get(service) ?? {})
        .filter(
          ([name]) => SERVICES.some((one) => name === addressVariable(one)) || name === 'PAYMENT_GRPC_URL',
        )
        .map(([name]) => name);
      const actual = (calls.get(service) ?? []).map(addressVariable);
      expect([service, actual.sort()]).toEqual([service, expected.sort()]);
    }
  });

  it('lets those on the bus that publish or consume events', () => {
    expect(withKafka).toEqual(expect.arrayContaining([...onTheBus]));
  });

  it('lets those on the bus that have a user of Kafka', () => {
    const terraform = readFileSync(new URL('../../terraform/main.tf', import.meta.url), 'utf8');
    const [, clients = ''] = /kafka_clients = toset\(\[([^\]]*)\]\)/.exec(terraform) ?? [];
    expect([...clients.matchAll(/"([\w-]+)"/g)].map(([, name]) => name).sort()).toEqual(withKafka);
  });

  it('gives each service the store that it has, and no other', () => {
    for (const { name, store = 'postgres', isStateless = false } of MODULES) {
      const stores = library.edges[name]?.stores.filter((one) => one in STORES);
      expect([name, stores]).toEqual([name, isStateless ? [] : [store]]);
    }
  });
});

describe('the checks notice', () => {
  const withCalls = (caller: string, changed: (callees: readonly string[]) => readonly string[]) =>
    new Map(calls).set(caller, changed(calls.get(caller) ?? []));

  it('an edge too many', () => {
    const more = withCalls('cart', (callees) => [...callees, 'payment']);
    expect(edgeTroubles(more, requests)).toEqual(['cart → payment: nobody asks for it']);
  });

  it('an edge that is missing', () => {
    const fewer = withCalls('cart', (callees) => callees.filter((callee) => callee !== 'catalog'));
    expect(edgeTroubles(fewer, requests)).toEqual(['cart → catalog: is missing']);
  });

  it('a variable that is mistyped', async () => {
    const media = MODULES.find(({ name }) => name === 'media');
    if (!media) throw new Error('there is no media');
    expect(await troublesOf(media, { ...environmentOf('media'), MEDIA_S3_BUKET: 'x' })).toEqual([
      'MEDIA_S3_BUKET is not read',
    ]);
  });

  it('a service without an edge to what it calls', async () => {
    const order = MODULES.find(({ name }) => name === 'order');
    if (!order) throw new Error('there is no order');
    const { PAYMENT_GRPC_URL: _left, ...env } = environmentOf('order');
    expect(await troublesOf(order, env)).toEqual(['PAYMENT_GRPC_URL is missing']);
  });
});
