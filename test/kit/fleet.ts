import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFleet, type Fleet } from '#all-in-one/main/distributed/open.ts';
import { readEngines, type Engines } from '#all-in-one/main/distributed/engines.ts';
import { kafka } from '#scripts/engines/kafka.ts';
import { mongo } from '#scripts/engines/mongo.ts';
import { postgres } from '#scripts/engines/postgres.ts';
import { writeJson } from '#scripts/engines/records.ts';
import { redis } from '#scripts/engines/redis.ts';
import { startPrivateEngine, type PrivateEngine } from './private-engine.ts';

export const ENGINE_NAMES = ['postgres', 'redis', 'kafka', 'mongo'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];
const ENGINES = { postgres, redis, kafka, mongo };

/** Quick parcels, no limits, cheap passwords: a test has no hours. */
const SETTINGS = {
  GATEWAY_RATE_READ: '10000000',
  GATEWAY_RATE_WRITE: '10000000',
  GATEWAY_RATE_CHECKOUT: '10000000',
  GATEWAY_RATE_AUTH: '10000000',
  GATEWAY_RATE_IMPORT: '10000000',
  SHIPPING_DISPATCH_DELAY_MS: '0',
  SHIPPING_MOCK_SPEED: '5000000',
  USER_ARGON2_MEMORY_KIB: '1024',
  PAYMENT_MOCK_GATEWAY_PORT: '0',
  LOG_LEVEL: 'warn',
};

export interface TestFleet {
  readonly fleet: Fleet;
  readonly engines: Engines;
  readonly servers: Readonly<Record<EngineName, PrivateEngine>>;
  /** Of all processes. */
  readonly logFile: string;
  stop(): Promise<void>;
}

export interface TestFleetOptions {
  /** Of each service. */
  readonly instances?: number;
  /** Stands between the processes. */
  readonly via?: (address: string) => Promise<string>;
}

/** The shop as one process per service, on engines of its own; everything goes when it stops. */
export const openTestFleet = async (
  env: Readonly<Record<string, string>> = {},
  { instances = 1, via }: TestFleetOptions = {},
): Promise<TestFleet> => {
  const folder = mkdtempSync(join(tmpdir(), 'shop-fleet-'));
  const started = new Map<EngineName, PrivateEngine>();
  let fleet: Fleet | undefined;
  const stop = async (): Promise<void> => {
    await fleet?.stop();
    await Promise.all([...started.values()].map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  const server = (name: EngineName): PrivateEngine => {
    const found = started.get(name);
    if (!found) throw new Error(`${name} was not started`);
    return found;
  };
  try {
    await Promise.all(ENGINE_NAMES.map(async (name) => started.set(name, await startPrivateEngine(ENGINES[name])))); // prettier-ignore
    const addresses = Object.fromEntries([...started].map(([name, { addresses }]) => [name, addresses]));
    await writeJson(join(folder, 'engines.json'), addresses);
    const dataDir = join(folder, 'data');
    mkdirSync(dataDir);
    const environment = {
      ...process.env,
      ...SETTINGS,
      ENGINES_HOME: folder,
      ...env,
    };
    fleet = await openFleet(
      {
        profile: 'distributed',
        isFresh: false,
        dataDir,
        port: 0,
        host: '127.0.0.1',
        adminPort: 0,
        databaseUrl: undefined,
        logLevel: 'warn',
        logFile: undefined,
        instances,
        hasSample: env['SHOP_SAMPLE'] !== 'false',
        validateResponses: false,
      },
      environment,
      via,
    );
    return {
      fleet,
      engines: readEngines(environment),
      servers: { postgres: server('postgres'), redis: server('redis'), kafka: server('kafka'), mongo: server('mongo') },
      logFile: join(dataDir, 'distributed', 'shop.log'),
      stop,
    }; // prettier-ignore
  } catch (error) {
    await stop();
    throw error;
  }
};
