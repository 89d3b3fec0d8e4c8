import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PrivateJwk } from '#adapters/auth/tokens.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { startShop } from '#test/demo/shop-process.ts';
import { startPrivatePostgres } from '#test/kit/private-postgres.ts';
import type { BenchArguments } from '../arguments.ts';
import { memoryOf } from '#adapters/process/identity.ts';
import { NO_LIMITS } from '#test/kit/settings.ts';
import { cpuMsOf, postgresCpuMs } from '../cpu.ts';
import type { Floor } from '../figures.ts';
import { insertsPerSecond } from '../floors/inserts.ts';
import { importProducts } from '../shop/products.ts';
import { Shoppers, signerOf, tokenFor } from '../shop/shoppers.ts';
import type { ShopUnderLoad } from '../shop/under-load.ts';

/** With the 199 of the sample there are 1,000. */
const PRODUCTS = 801;
/** Until the import's last events have passed. */
const SETTLE_MS = 2_000;

export interface EmbeddedRig {
  readonly seconds: number;
  readonly shop: ShopUnderLoad;
  readonly inserts: Floor;
  readonly facts: Readonly<Record<string, string>>;
}

/** The shop in a process of its own, with 1,000 products; what is opened goes with `resources`. */
export const openEmbeddedRig = async (
  { pg, seconds }: BenchArguments,
  resources: AsyncDisposableStack,
): Promise<EmbeddedRig> => {
  const folder = mkdtempSync(join(tmpdir(), 'shop-bench-'));
  resources.defer(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const databaseUrl = pg === 'private' ? await ownPostgres(resources) : pg;
  const inserts = await insertsPerSecond(databaseUrl, join(folder, 'floor'));
  const starting = startShop({
    port: 0,
    dataDir: join(folder, 'data'),
    args: ['--fresh'],
    env: {
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      ...NO_LIMITS,
      // Less than the pages and products that are read in turn, so that those are never found in it.
      GATEWAY_CACHE_MB: '1',
      SHIPPING_DISPATCH_DELAY_MS: '0',
      SHIPPING_MOCK_SPEED: '1',
      INVENTORY_LOW_STOCK_THRESHOLD: '0',
    },
  });
  resources.defer(async () => (await starting.catch(() => undefined))?.stop());
  const shop = await starting;
  const keys = JSON.parse(readFileSync(join(shop.dataDir, 'keys.json'), 'utf8')) as { user: PrivateJwk };
  const sign = await signerOf(keys.user);
  const admin = await tokenFor(sign, systemIds.next(), 'admin');
  const items = await importProducts(shop, admin, PRODUCTS, ['S', 'M', 'L']);
  await pause(SETTLE_MS);
  const own = {
    name: 'shop',
    group: 'services',
    cpuMs: () => cpuMsOf(shop.pid),
    residentMib: () => memoryOf(shop),
  } as const;
  const server = { name: 'postgres', group: 'databases', cpuMs: postgresCpuMs } as const;
  return {
    seconds,
    inserts,
    shop: {
      url: shop.url,
      tokensUrl: shop.tokensUrl,
      admin,
      sign,
      items,
      shoppers: new Shoppers(shop, sign),
      processes: databaseUrl === undefined ? [own] : [own, server],
    },
    facts: { store: databaseUrl === undefined ? 'PGlite' : 'PostgreSQL', products: '1,000' },
  };
};

const ownPostgres = async (resources: AsyncDisposableStack): Promise<string> => {
  const starting = startPrivatePostgres();
  resources.defer(async () => (await starting.catch(() => undefined))?.stop());
  return (await starting).url;
};
