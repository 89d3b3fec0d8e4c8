import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEngines, type Engines } from '#all-in-one/main/distributed/engines.ts';
import { kafka } from '#scripts/engines/kafka.ts';
import { mongo } from '#scripts/engines/mongo.ts';
import { postgres } from '#scripts/engines/postgres.ts';
import { writeJson } from '#scripts/engines/records.ts';
import { redis } from '#scripts/engines/redis.ts';
import { startPrivateEngine, type PrivateEngine } from './private-engine.ts';

export const ENGINE_NAMES = ['postgres', 'redis', 'kafka', 'mongo'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** All servers that the profile `distributed` needs, of the test's own. */
export interface TestEngines {
  /** The `ENGINES_HOME` of the engines; also for other files. */
  readonly home: string;
  readonly engines: Engines;
  readonly servers: Readonly<Record<EngineName, PrivateEngine>>;
  stop(): Promise<void>;
}

/** Starts them at once. */
export const startTestEngines = async (): Promise<TestEngines> => {
  const home = mkdtempSync(join(tmpdir(), 'shop-fleet-'));
  const [sql, cache, bus, documents] = await Promise.all([
    startPrivateEngine(postgres),
    startPrivateEngine(redis),
    startPrivateEngine(kafka),
    startPrivateEngine(mongo),
  ]);
  const servers = { postgres: sql, redis: cache, kafka: bus, mongo: documents };
  const addresses = Object.fromEntries(ENGINE_NAMES.map((name) => [name, servers[name].addresses]));
  await writeJson(join(home, 'engines.json'), addresses);
  const stop = async (): Promise<void> => {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
    rmSync(home, { recursive: true, force: true });
  };
  return { home, engines: readEngines({ ENGINES_HOME: home }), servers, stop };
};
