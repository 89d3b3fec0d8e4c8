import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODULES } from '#all-in-one/main/modules.ts';
import { readSettings } from '#all-in-one/main/settings.ts';
import { openShop, type Shop } from '#all-in-one/main/shop.ts';
import { listenersOf } from '#test/kit/listeners.ts';

/** Besides the services: the gateway, the operators' address, payment's gRPC server and the mock gateway. */
const OTHERS = 4;

describe('a shop without a configured address', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'shop-loopback-'));
  let shop: Shop | undefined;
  let addresses: readonly AddressInfo[];

  beforeAll(async () => {
    const env = {
      DATA_DIR: dataDir,
      PORT: '0',
      LOG_LEVEL: 'silent',
      SHOP_SAMPLE: 'false',
      RECOMMENDATIONS: 'off',
    };
    addresses = await listenersOf(async () => {
      shop = await openShop(readSettings(['--profile', 'memory'], env), env);
    });
  });
  afterAll(async () => {
    await shop?.stop();
    rmSync(dataDir, { recursive: true });
  });

  it('can be reached from this machine only, wherever it listens', () => {
    expect(addresses.map(({ address }) => address)).toEqual(Array(MODULES.length + OTHERS).fill('127.0.0.1'));
  });

  it('listens only where this test looks', () => {
    if (!shop) throw new Error('the shop has not started');
    const ports = addresses.map(({ port }) => port);
    const known = [shop.url, shop.adminUrl, shop.tokensUrl].map((url) => Number(new URL(url).port));
    expect(ports).toEqual(expect.arrayContaining([...known, ...[...shop.services.values()].map(({ port }) => port)])); // prettier-ignore
  });
});
