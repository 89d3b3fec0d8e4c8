import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret, TOTP } from 'otpauth';
import { createShopClient, dataOf } from '#client/index.ts';
import { closeTestShops, openTestShop, type TestShop } from './shop.ts';

const ROOT = new URL('../../', import.meta.url);
const README = new URL('clients/typescript/README.md', ROOT);
const MARK = '<!-- tested: a purchase -->';
const PATIENCE_MS = 40_000;

const example = (): string => {
  const text = readFileSync(README, 'utf8');
  const block = /```ts\n(?<program>[^]*?)```/.exec(text.slice(text.indexOf(MARK)));
  const program = block?.groups?.['program'];
  if (!text.includes(MARK) || program === undefined) throw new Error(`the README has no block after ${MARK}`);
  return program;
};

describe('the client', () => {
  let test: TestShop;
  let folder: string;
  beforeAll(async () => {
    test = await openTestShop();
    const cache = new URL('.cache/', ROOT).pathname;
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(`${cache}client-`);
  });
  afterAll(async () => {
    await closeTestShops();
    rmSync(folder, { recursive: true });
  });

  it('buys as its README shows, and the example compiles', async () => {
    const file = `${folder}/example.ts`;
    const program = example()
      .replace("'@shop/client'", "'#client/index.ts'")
      .replace('http://localhost:8080', test.shop.url)
      .replace('http://localhost:8090', test.shop.tokensUrl);
    writeFileSync(file, program);
    const { stdout } = await promisify(execFile)(process.execPath, [file], { timeout: PATIENCE_MS });
    expect(stdout).toMatch(/^pending .*\n/);
    expect(stdout).toMatch(/\ndelivered .*\n$/);

    const tsc = [
      'node_modules/typescript/bin/tsc',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--types',
      'node',
    ];
    const options = ['--module', 'nodenext', '--target', 'es2024', '--allowImportingTsExtensions', file];
    const types = promisify(execFile)(process.execPath, [...tsc, ...options], { cwd: ROOT });
    expect((await types.catch((error: unknown) => error)) as object).toMatchObject({ stdout: '' });
  });

  it('stays signed in although access tokens are short-lived', async () => {
    const shop = createShopClient({ baseUrl: test.shop.url });
    const { user_id } = await shop.logIn('shopper@example.com', 'demo-shopper-1');
    const first = await shop.tokens.load();
    await shop.tokens.save({
      userId: user_id,
      refreshToken: first?.refreshToken ?? '',
      accessToken: 'x.y.z',
    });
    const profile = (): Promise<unknown> =>
      dataOf(shop.GET('/api/v1/users/{user_id}', { params: { path: { user_id } } }));
    const answers = await Promise.all([profile(), profile(), profile()]);
    expect(answers).toMatchObject([{ user_id }, { user_id }, { user_id }]);
    expect((await shop.tokens.load())?.refreshToken).not.toBe(first?.refreshToken);
  });

  it('logs in and steps up with a second factor', async () => {
    const shop = createShopClient({ baseUrl: test.shop.url });
    const email = 'careful@example.com';
    const password = 'a password nobody guesses';
    await shop.POST('/api/v1/users', { body: { email, password, first_name: 'Ada', last_name: 'Careful' } });
    const { user_id } = await shop.logIn(email, password);
    const params = { path: { user_id } };
    const { secret } = await dataOf(shop.POST('/api/v1/users/{user_id}/factors/totp', { params }));
    const app = new TOTP({ secret: Secret.fromBase32(secret) });
    const { recovery_codes: codes } = await dataOf(
      shop.POST('/api/v1/users/{user_id}/factors/totp/confirm', { params, body: { code: app.generate() } }),
    );
    await expect(shop.logIn(email, password)).rejects.toMatchObject({ code: 'SECOND_FACTOR_REQUIRED' });
    await expect(shop.logIn(email, password, '000000')).rejects.toMatchObject({ code: 'WRONG_CODE' });
    expect(await shop.logIn(email, password, codes[0])).toMatchObject({ user_id });
    const before = await shop.tokens.load();
    await shop.stepUp(password, codes[1]);
    const after = await shop.tokens.load();
    expect(after?.accessToken).not.toBe(before?.accessToken);
    expect(after?.refreshToken).toBe(before?.refreshToken);
    await shop.DELETE('/api/v1/users/{user_id}/factors/totp', { params });
    expect(await shop.logIn(email, password)).toMatchObject({ user_id });
  });

  it('is signed out when its session has ended', async () => {
    const shop = createShopClient({ baseUrl: test.shop.url });
    const { user_id } = await shop.logIn('shopper@example.com', 'demo-shopper-1');
    await shop.tokens.save({ userId: user_id, refreshToken: 'long gone', accessToken: 'x.y.z' });
    await expect(
      shop.GET('/api/v1/users/{user_id}', { params: { path: { user_id } } }),
    ).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await shop.tokens.load()).toBeUndefined();
  });
});
