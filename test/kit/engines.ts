import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEngines, type Engines } from '#all-in-one/main/distributed/engines.ts';
import { cassandra } from '#scripts/engines/cassandra.ts';
import { kafka } from '#scripts/engines/kafka.ts';
import { mongo } from '#scripts/engines/mongo.ts';
import { opensearch } from '#scripts/engines/opensearch.ts';
import { postgres } from '#scripts/engines/postgres.ts';
import { writeJson } from '#scripts/engines/records.ts';
import { redis } from '#scripts/engines/redis.ts';
import { keep } from './keeper.ts';
import { startSharedEngine, type PrivateEngine } from './private-engine.ts';

const ENGINES = { postgres, redis, kafka, mongo, opensearch, cassandra };
export const ENGINE_NAMES = ['postgres', 'redis', 'kafka', 'mongo', 'opensearch', 'cassandra'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** All servers that the profile `distributed` needs, of the test's own. */
export interface TestEngines {
  /** The `ENGINES_HOME` of the engines; also for other files. */
  readonly home: string;
  readonly engines: Engines;
  readonly servers: Readonly<Record<EngineName, PrivateEngine>>;
  stop(): Promise<void>;
}

/** Starts them together; those that did start are gone again when one does not. */
export const startTestEngines = async (): Promise<TestEngines> => {
  const home = mkdtempSync(join(tmpdir(), 'shop-fleet-'));
  const release = keep(home);
  const started = await Promise.allSettled(ENGINE_NAMES.map((name) => startSharedEngine(ENGINES[name])));
  const running = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.stop()));
    rmSync(home, { recursive: true, force: true });
    release();
  };
  const [postgres, redis, kafka, mongo, opensearch, cassandra] = running;
  if (!postgres || !redis || !kafka || !mongo || !opensearch || !cassandra) {
    await stop();
    throw new AggregateError(
      started.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : [])),
      'not all engines started',
    );
  }
  const servers = { postgres, redis, kafka, mongo, opensearch, cassandra };
  const addresses = Object.fromEntries(ENGINE_NAMES.map((name) => [name, servers[name].addresses]));
  await writeJson(join(home, 'engines.json'), addresses);
  return { home, engines: readEngines({ ENGINES_HOME: home }), servers, stop };
};
