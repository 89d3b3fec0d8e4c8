import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { closeTestShops, openTestShop, type TestShop } from './shop.ts';

const README = new URL('../../README.md', import.meta.url);
const MARK = '<!-- tested: first purchase -->';
const PATIENCE_MS = 40_000;

/** The first shell block after the mark. */
const firstPurchase = (): string => {
  const text = readFileSync(README, 'utf8');
  const block = /```sh\n(?<script>[^]*?)```/.exec(text.slice(text.indexOf(MARK)));
  const script = block?.groups?.['script'];
  if (!text.includes(MARK) || script === undefined) throw new Error(`README.md has no block after ${MARK}`);
  return script;
};

const isThere = (command: string): boolean => spawnSync(command, ['--version']).status === 0;
const canRun = isThere('bash') && isThere('curl');

describe('the README', () => {
  let test: TestShop;

  beforeAll(async () => {
    test = await openTestShop();
  });

  afterAll(closeTestShops);

  (canRun ? it : it.skip)('shows a first purchase that goes to the door (needs bash and curl)', async () => {
    const script = firstPurchase()
      .replaceAll('http://localhost:8080', test.shop.url)
      .replaceAll('http://localhost:8090', test.shop.tokensUrl);
    const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-euc', script], {
      timeout: PATIENCE_MS,
    });
    expect(stderr).toBe('');
    expect(stdout).toContain('"status":"delivered"');

    const shopper = await test.staff('shopper@example.com', 'demo-shopper-1');
    const { body } = await shopper.call('GET', `/api/v1/users/${shopper.userId}/orders`, [200]);
    expect(body.items).toMatchObject([{ status: 'delivered', items: [{ quantity: 1 }] }]);
  });
});
