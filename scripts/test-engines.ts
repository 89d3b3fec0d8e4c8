/**
 * `npm run test:engines [-- Vitest arguments]`: the specs that need other servers than PostgreSQL, on servers brought up for
 * them; without arguments also a short chaos run, and one that must fail.
 */
import { z } from 'zod';
import { startPrivateEngine, type PrivateEngine } from '#test/kit/private-engine.ts';
import type { Engine } from './engines/engine.ts';
import { cassandra } from './engines/cassandra.ts';
import { kafka } from './engines/kafka.ts';
import { keycloak } from './engines/keycloak.ts';
import { mongo } from './engines/mongo.ts';
import { opensearch } from './engines/opensearch.ts';
import { redis } from './engines/redis.ts';
import { s3 } from './engines/s3.ts';
import { readSettings } from './engines/settings.ts';
import { close, runSteps, runVitest, type Step, type Tally } from './lib/steps.ts';

type Env = Readonly<Record<string, string>>;

const urlAs =
  (variable: string) =>
  (addresses: unknown): Env => ({ [variable]: z.object({ url: z.string() }).parse(addresses).url });

/** Each server, with the environment for the specs. */
const SERVERS: readonly { readonly engine: Engine; readonly env: (addresses: unknown) => Env }[] = [
  {
    engine: kafka,
    env: (addresses) => {
      const { brokers } = z.object({ brokers: z.array(z.string()) }).parse(addresses);
      return { KAFKA_BROKERS: brokers.join() };
    },
  },
  { engine: redis, env: urlAs('REDIS_URL') },
  { engine: mongo, env: urlAs('MONGODB_URL') },
  { engine: opensearch, env: urlAs('OPENSEARCH_URL') },
  {
    engine: cassandra,
    env: (addresses) => {
      const { contacts } = z.object({ contacts: z.array(z.string()) }).parse(addresses);
      return { CASSANDRA_CONTACTS: contacts.join() };
    },
  },
];

const chaos = (name: string, ...args: readonly string[]): Step => ({
  name,
  args: ['test/chaos/chaos.ts', '--seed', '42', ...args],
  env: { NODE_COMPILE_CACHE: '.cache/node' }, // ten processes that load the same code, again and again
});

const CHAOS: readonly Step[] = [
  chaos('chaos: 100 orders', '--orders', '100'),
  chaos('chaos without inboxes is noticed', '--orders', '40', '--without-inbox'),
];

const picked = process.argv.slice(2);
const running: PrivateEngine[] = [];

/** Installs and starts a server; returns the environment for the specs. */
const start = async ({ engine, env }: (typeof SERVERS)[number]): Promise<Env> => {
  const started = performance.now();
  const server = await startPrivateEngine(engine);
  running.push(server);
  console.log(`✓ ${engine.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return env(server.addresses);
};

/** Their specs start one of their own: only installed, while FerretDB is built. */
const installOthers = async (): Promise<void> => {
  if (picked.length > 0) return;
  for (const engine of [keycloak, s3]) await engine.install(readSettings([], process.env).software);
};

const stop = async (): Promise<void> => {
  for (const server of running.splice(0)) await server.stop();
};

const specs = (name: string, env: Env): Promise<Tally> =>
  runVitest(['--passWithNoTests', ...picked], { name, env, areTimed: true });

/** The servers' specs, and after them the chaos, which has servers of its own. */
const serversThenChaos = async (env: Env): Promise<readonly Tally[]> => {
  const tally = await specs('specs of servers', { SHOP_TEST: 'engines', ...env });
  await stop();
  return [tally, ...(picked.length === 0 ? await runSteps(CHAOS) : [])];
};

try {
  const [environments] = await Promise.all([Promise.all(SERVERS.map(start)), installOthers()]);
  const tallies = [{ passed: running.length, failed: 0 }];
  // Side by side, as each often waits: for a restart, a rebalance, or the next fault.
  const [fleets, others] = await Promise.all([
    specs('specs of whole shops', { SHOP_TEST: 'fleets' }),
    serversThenChaos(Object.assign({}, ...environments) as Env),
  ]);
  close([...tallies, fleets, ...others]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  close([{ passed: 0, failed: 1 }]);
} finally {
  await stop();
}
