import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PrivateJwk } from '#adapters/auth/tokens.ts';
import type { ServiceModule } from '#adapters/service/module.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { Engines } from '#all-in-one/main/distributed/engines.ts';
import { order } from '#order/main/module.ts';
import { memoryOf } from '#adapters/process/identity.ts';
import { startTestEngines, type TestEngines } from '#test/kit/engines.ts';
import { dataOf, openFleetOn } from '#test/kit/fleet.ts';
import { PATIENT } from '#test/kit/settings.ts';
import type { BenchArguments } from '../arguments.ts';
import { cpuMsOf, familyCpuMs } from '../cpu.ts';
import type { Floor } from '../figures.ts';
import { importProducts } from '../shop/products.ts';
import { Shoppers, signerOf, tokenFor } from '../shop/shoppers.ts';
import type { BenchProcess, ShopUnderLoad } from '../shop/under-load.ts';
import { makeDatabase, type BenchDatabase } from './database.ts';
import { orderInserts } from './order-inserts.ts';

const PRODUCTS = 1_000;

export interface DistributedShop extends ShopUnderLoad {
  /** A service's own address, past the gateway. */
  readonly urlOf: (service: string) => string;
  /** Products, until the inventory knew them. */
  readonly importedPerSecond: number;
}

/** The engines run; what is on them is opened by the first that needs it. */
export interface DistributedRig {
  readonly seconds: number;
  readonly engines: Engines;
  readonly facts: Readonly<Record<string, string>>;
  /** A new one, with the tables of a service. */
  database(
    name: string,
    module: Pick<ServiceModule, 'name' | 'schema' | 'migrations'>,
  ): Promise<BenchDatabase>;
  /** Single inserts of an order's size. */
  inserts(): Promise<Floor>;
  /** All services, each a process of its own, with 1,000 products. */
  shop(): Promise<DistributedShop>;
}

const Administrator = z.object({ url: z.string() });

/** What is opened goes with `resources`. */
export const openDistributedRig = async (
  { seconds }: BenchArguments,
  resources: AsyncDisposableStack,
): Promise<DistributedRig> => {
  // Recorded before it has started, so that an interrupted run waits for it and stops it.
  const starting = startTestEngines();
  resources.defer(async () => (await starting.catch(() => undefined))?.stop());
  const engines = await starting;
  const administrator = Administrator.parse(engines.servers.postgres.addresses).url;

  const database: DistributedRig['database'] = (name, module) =>
    makeDatabase(administrator, name, module, resources);
  return {
    seconds,
    engines: engines.engines,
    facts: { products: '1,000, of one variant', documents: 'FerretDB on PostgreSQL in the place of MongoDB' },
    database,
    inserts: onceOnly(async () => orderInserts(await database('inserts', order), seconds)),
    shop: onceOnly(() => openShop(engines, resources)),
  };
};

const onceOnly = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

const openShop = async (engines: TestEngines, resources: AsyncDisposableStack): Promise<DistributedShop> => {
  const env = {
    SHOP_SAMPLE: 'false',
    SHIPPING_MOCK_SPEED: '1',
    INVENTORY_LOW_STOCK_THRESHOLD: '0',
    ...PATIENT,
  };
  const starting = openFleetOn(engines, env);
  resources.defer(async () => (await starting.catch(() => undefined))?.stop());
  const fleet = await starting;
  const keyFile = join(dataOf(engines), 'distributed', 'key.user.json');
  const sign = await signerOf(JSON.parse(readFileSync(keyFile, 'utf8')) as PrivateJwk);
  const admin = await tokenFor(sign, systemIds.next(), 'admin');
  const began = performance.now();
  const items = await importProducts(fleet, admin, PRODUCTS, ['M']);
  const importedPerSecond = PRODUCTS / ((performance.now() - began) / 1_000);
  await fleet.operations.settled();
  return {
    url: fleet.url,
    tokensUrl: fleet.tokensUrl,
    urlOf: fleet.urlOf,
    importedPerSecond,
    admin,
    sign,
    items,
    shoppers: new Shoppers(fleet, sign),
    processes: [
      ...fleet.processes.map(({ name, pid }): BenchProcess => ({
        name,
        group: 'services',
        cpuMs: () => cpuMsOf(pid() ?? 0),
        residentMib: () => memoryOf({ pid: pid() ?? 0 }),
      })),
      ...(await serversOf(engines)),
      { name: 'bench', group: 'the load itself', cpuMs: () => cpuMsOf(process.pid) },
    ],
  };
};

const serversOf = ({ servers }: TestEngines): Promise<readonly BenchProcess[]> =>
  Promise.all(
    Object.entries(servers).map(async ([name, server]): Promise<BenchProcess> => {
      const pids = await server.pids();
      const cpuMs = (): number => pids.reduce((sum, pid) => sum + familyCpuMs(pid), 0);
      return { name, group: name === 'kafka' ? 'Kafka' : 'databases', cpuMs };
    }),
  );
