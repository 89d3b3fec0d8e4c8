import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyPgliteTemplate } from '#adapters/postgres/pglite-template.ts';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { QUICK } from '#test/kit/settings.ts';
import { demoNote } from '../main/demo.ts';
import { readSettings } from '../main/settings.ts';
import { openShop, type Shop } from '../main/shop.ts';

const BOTH = ['accounts', 'mailbox'];

describe('demo accounts and the mailbox', () => {
  it.each([
    [{}, [], BOTH],
    [{ HOST: 'localhost' }, [], BOTH],
    [{ HOST: '127.0.0.2' }, [], BOTH],
    [{ HOST: '::1' }, [], BOTH],
    [{}, ['--profile', 'memory'], BOTH],
    [{ HOST: '0.0.0.0' }, [], []],
    [{ HOST: '::' }, [], []],
    [{ HOST: '192.0.2.7' }, ['--profile', 'memory'], []],
    [{ HOST: 'shop.example.com' }, [], []],
    [{ HOST: 'localhost.example.com' }, [], []],
    [{}, ['--profile', 'distributed'], []],
    [{ HOST: '0.0.0.0', DEMO: 'accounts,mailbox' }, [], BOTH],
    [{ HOST: '0.0.0.0', DEMO: 'mailbox' }, [], ['mailbox']],
    [{ DEMO: 'accounts' }, ['--profile', 'distributed'], ['accounts']],
    [{ DEMO: 'none' }, [], []],
  ])('with %j %j are %j', (env, args, demo) => {
    expect(readSettings(args, env).demo).toEqual(demo);
  });

  it('cannot be enabled under an unknown name', () => {
    expect(() => readSettings([], { DEMO: 'everything' })).toThrow('DEMO');
  });

  it('are mentioned if they are disabled', () => {
    expect(demoNote(['accounts', 'mailbox'], 'embedded', '127.0.0.1')).toBeUndefined();
    expect(demoNote([], 'embedded', '0.0.0.0')).toContain('HOST is 0.0.0.0');
    expect(demoNote([], 'distributed', '127.0.0.1')).toContain('the profile is distributed');
  });
});

describe('a shop', () => {
  let dataDir: string;
  let shop: Shop | undefined;
  beforeEach(() => {
    dataDir = temporaryFolder();
  });
  afterEach(async () => {
    await shop?.stop();
  });

  const open = async (env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Shop> => {
    const all = { ...QUICK, SHOP_SAMPLE: 'false', DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', ...env };
    shop = await openShop(readSettings(args, all), all);
    return shop;
  };
  const at = ({ url }: Shop): string => url.replace('localhost', '127.0.0.1');
  const logIn = async (one: Shop): Promise<number> =>
    (
      await fetch(`${at(one)}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'admin@example.com', password: 'demo-admin-1' }),
      })
    ).status;

  it('on loopback has both', async () => {
    const one = await open({}, '--profile', 'memory');
    expect(await logIn(one)).toBe(200);
    expect((await fetch(`${at(one)}/dev/mailbox`)).status).toBe(200);
    expect(one.accounts).not.toEqual([]);
  });

  it('that others can reach has neither, and shows no accounts', async () => {
    const one = await open({ HOST: '0.0.0.0' }, '--profile', 'memory');
    expect(await logIn(one)).toBe(401);
    expect((await fetch(`${at(one)}/dev/mailbox`)).status).toBe(404);
    expect(await (await fetch(at(one))).text()).not.toContain('demo-admin-1');
    expect(one.accounts).toEqual([]);
  });

  it('that others can reach does not start with the accounts of an earlier start', async () => {
    await copyPgliteTemplate(join(dataDir, 'db'));
    await (await open({})).stop();
    await expect(open({ HOST: '0.0.0.0' })).rejects.toThrow('DEMO=accounts');
    shop = undefined;
    expect(await logIn(await open({ HOST: '0.0.0.0', DEMO: 'accounts' }))).toBe(200);
  }, 120_000);
});
