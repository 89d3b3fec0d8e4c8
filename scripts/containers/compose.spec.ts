import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { mayRead } from '#all-in-one/main/distributed/environment.ts';
import { MODULES } from '#all-in-one/main/modules.ts';
import { addressVariable } from '#adapters/service/addresses.ts';
import { readConfig } from '#adapters/service/config.ts';
import type { ServiceModule } from '#adapters/service/module.ts';
import { openProcess } from '#adapters/service/process.ts';
import { atFileEnd, temporaryFolder } from '#test/kit/cleanup.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { ownFilesOf } from '../package/own-files.ts';
import { repository } from '../package/repository.ts';
import { shopServices } from './compose-file.ts';
import { SERVICES } from './images.ts';

type Env = Readonly<Record<string, string>>;

/** What `.env` has. */
const SECRETS = {
  SHOP_PASSWORD: 'a-password-of-letters-and-digits-1',
  USER_SECRETS_KEY: `first:${Buffer.alloc(32).toString('base64')}`,
};
const compose = shopServices(SECRETS);

const STORES = { postgres: 'DATABASE_URL', mongo: 'MONGODB_URL', redis: 'REDIS_URL' };

/** Addresses that a service asks for only when it needs them. */
const ASKED_LATER: Readonly<Record<string, readonly string[]>> = {
  order: ['payment.grpc'],
  storefront: ['gateway'],
};

let keys: string;
beforeAll(() => {
  keys = temporaryFolder();
  for (const service of SERVICES) mkdirSync(join(keys, service));
  execFileSync(process.execPath, [fileURLToPath(new URL('keys.ts', import.meta.url)), keys]);
});

/** The environment with the keys of this machine, and what is read of it. */
const watched = (service: string, env: Env) => {
  const read = new Set<string>();
  const note = (name: string | symbol): void => void (typeof name === 'string' && read.add(name));
  const here = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value.replace('/run/shop', join(keys, service))]),
  );
  const proxy = new Proxy<Record<string, string>>(here, {
    get: (from, name) => (note(name), Reflect.get(from, name) as unknown),
    has: (from, name) => (note(name), Reflect.has(from, name)),
  });
  return { read, env: proxy };
};

/** What is wrong with the environment of a service: variables that it does not read, or that it lacks. Throws if a value is invalid. */
const troublesOf = async (module: ServiceModule, given: Env): Promise<readonly string[]> => {
  const { name, store = 'postgres', isStateless = false, needs = {} } = module;
  const { read, env } = watched(name, given);
  const callees = new Set(['user', ...(ASKED_LATER[name] ?? [])]);
  const client = (callee: string) => {
    callees.add(callee);
    return () => Promise.reject(new Error('nobody is asked here'));
  };
  const { bus } = await openProcess(name, env);
  atFileEnd(() => bus.stop());
  readConfig(needs, env);
  const toolbox = await openToolbox('memory', module);
  await module.compose({ ...toolbox, profile: 'distributed', client, env });
  const required = [...callees].map(addressVariable);
  if (!isStateless) required.push(STORES[store]);
  return [
    ...required.filter((variable) => !(variable in given)).map((variable) => `${variable} is missing`),
    ...Object.keys(given)
      .filter((variable) => !read.has(variable) && !required.includes(variable))
      .map((variable) => `${variable} is not read`),
  ];
};

const environmentOf = (service: string): Env => {
  const found = compose.get(service);
  if (!found) throw new Error(`compose.yaml has no ${service}`);
  return found;
};

describe('compose.yaml, for the whole shop', () => {
  it('has every service, the gateway and the portal', () => {
    expect([...compose.keys()].sort()).toEqual(SERVICES);
  });

  it.each(MODULES)('gives $name all variables that it needs, and no other', async (module) => {
    expect(await troublesOf(module, environmentOf(module.name))).toEqual([]);
  });

  it('gives the gateway the address of every service that it routes to', () => {
    const others = SERVICES.filter((name) => name !== 'gateway').map(addressVariable);
    const addresses = Object.keys(environmentOf('gateway')).filter((variable) => variable.endsWith('_URL'));
    expect(addresses).toEqual(expect.arrayContaining(others));
  });

  /** The code of those that are no modules. */
  const codeOf = (service: string): string => {
    const { root, aliases, dependencies } = repository();
    const python = globSync(`services/${service}/**/*.py`, { cwd: root });
    const entry = `services/${service}/main/server.ts`;
    const files =
      python.length > 0
        ? python
        : ownFilesOf(root, entry, aliases, new Set(Object.keys(dependencies))).modules;
    return files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  };

  it.each(['gateway', 'admin-portal', 'recommendation'])(
    'gives %s no variable that it does not read',
    (service) => {
      const code = codeOf(service);
      const isAddress = (variable: string): boolean =>
        service === 'gateway' && SERVICES.some((name) => addressVariable(name) === variable);
      const unread = Object.keys(environmentOf(service)).filter(
        (variable) => !isAddress(variable) && !new RegExp(`\\b${variable}\\b`).test(code),
      );
      expect(unread).toEqual([]);
    },
  );

  it('gives no service a secret of another', () => {
    for (const module of MODULES) {
      const allowed = new Set([
        'SERVICE_KEY_FILE',
        'SERVICE_KEYS_FILE',
        STORES[module.store ?? 'postgres'],
        ...[...SERVICES, 'payment.grpc'].map(addressVariable),
      ]);
      const foreign = Object.keys(environmentOf(module.name)).filter(
        (variable) => !allowed.has(variable) && !mayRead(module, variable),
      );
      expect([module.name, foreign]).toEqual([module.name, []]);
    }
  });
});

describe('the check notices', () => {
  const cart = MODULES.find(({ name }) => name === 'cart');
  const troubles = (changed: (env: Env) => Env): Promise<readonly string[]> => {
    if (!cart) throw new Error('there is no cart');
    return troublesOf(cart, changed(environmentOf('cart')));
  };
  const without =
    (variable: string) =>
    (env: Env): Env =>
      Object.fromEntries(Object.entries(env).filter(([name]) => name !== variable));

  it('a variable that is mistyped', async () => {
    expect(await troubles((env) => ({ ...env, CART_TOKEN_SECRT: 'x' }))).toEqual([
      'CART_TOKEN_SECRT is not read',
    ]);
  });

  it('an address that is missing', async () => {
    expect(await troubles(without('CATALOG_URL'))).toEqual(['CATALOG_URL is missing']);
  });

  it('a setting that is missing', async () => {
    await expect(troubles(without('SERVICE_KEY_FILE'))).rejects.toThrow('SERVICE_KEY_FILE');
  });

  it('a value that is invalid', async () => {
    await expect(troubles((env) => ({ ...env, KAFKA_SASL_MECHANISM: 'NONE' }))).rejects.toThrow(
      'KAFKA_SASL_MECHANISM',
    );
  });
});
