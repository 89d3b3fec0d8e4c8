import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addressesFrom, makeAddresses } from './addresses.ts';
import { InvalidConfig, msSetting, portSetting, readConfig } from './config.ts';

const SETTINGS = { PORT: portSetting(8080), PAUSE_MS: msSetting(200), NAME: z.string().min(1) };

describe('settings', () => {
  it('come from the environment, or have defaults', () => {
    expect(readConfig(SETTINGS, { PORT: '0', NAME: 'a', OTHER: 'x' })).toEqual({
      PORT: 0,
      PAUSE_MS: 200,
      NAME: 'a',
    });
  });

  it('that are invalid are all named', () => {
    const read = (): unknown => readConfig(SETTINGS, { PORT: '99999', PAUSE_MS: 'soon' });
    expect(read).toThrow(InvalidConfig);
    for (const name of ['PORT', 'PAUSE_MS', 'NAME']) expect(read).toThrow(name);
  });
});

describe('addresses within one process', () => {
  it('are known once they are published', () => {
    const addresses = makeAddresses();
    expect(() => addresses.of('cart')).toThrow('cart');
    addresses.publish('cart', 'http://127.0.0.1:1');
    expect(addresses.of('cart')).toBe('http://127.0.0.1:1');
    expect(addresses.inTurn('cart')).toEqual(['http://127.0.0.1:1']);
  });
});

describe('addresses from the environment', () => {
  const [one, two] = ['http://127.0.0.1:1', 'http://127.0.0.1:2'];

  it('are those of all instances, in rotation', () => {
    const addresses = addressesFrom({ CART_URL: `${one},${two}` });
    expect(addresses.inTurn('cart')).toEqual([one, two]);
    expect(addresses.of('cart')).toBe(two);
    expect(addresses.inTurn('cart')).toEqual([one, two]);
  });

  it('must be set', () => {
    expect(() => addressesFrom({ CART_URL: '' }).of('cart')).toThrow('CART_URL');
  });
});
