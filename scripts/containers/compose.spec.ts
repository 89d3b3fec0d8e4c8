import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { mayRead } from '#all-in-one/main/distributed/environment.ts';
import { MODULES } from '#all-in-one/main/modules.ts';
import { addressVariable } from '#adapters/service/addresses.ts';
import { shopServices } from './compose-file.ts';
import { SERVICES } from './images.ts';
import { makeKeys, STORES, troublesOf, unreadBy, type Env } from './variables.ts';

/** What `.env` has. */
const SECRETS = {
  SHOP_PASSWORD: 'a-password-of-letters-and-digits-1',
  USER_SECRETS_KEY: `first:${Buffer.alloc(32).toString('base64')}`,
};
const compose = shopServices(SECRETS);

let keys: string;
beforeAll(() => {
  keys = makeKeys();
});

/** The environment, with the keys of this machine. */
const environmentOf = (service: string): Env => {
  const found = compose.get(service);
  if (!found) throw new Error(`compose.yaml has no ${service}`);
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => [name, value.replace('/run/shop', join(keys, service))]),
  );
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

  it.each(['gateway', 'admin-portal', 'recommendation'])(
    'gives %s no variable that it does not read',
    (service) => {
      expect(unreadBy(service, Object.keys(environmentOf(service)))).toEqual([]);
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
