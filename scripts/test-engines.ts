/**
 * `npm run test:engines [-- Vitest arguments]`: the specs that need other servers than PostgreSQL, on servers brought up for
 * them; without arguments also a short chaos run, and one that must fail.
 */
import { z } from 'zod';
import { startPrivateEngine, type PrivateEngine } from '#test/kit/private-engine.ts';
import type { Engine } from './engines/engine.ts';
import { kafka } from './engines/kafka.ts';
import { mongo } from './engines/mongo.ts';
import { redis } from './engines/redis.ts';
import { close, runVitest, runStep, type Step } from './lib/steps.ts';

/** Each server, with the environment for the specs. */
const SERVERS: readonly {
  readonly engine: Engine;
  readonly env: (addresses: unknown) => Record<string, string>;
}[] = [
  {
    engine: kafka,
    env: (addresses) => {
      const { brokers } = z.object({ brokers: z.array(z.string()) }).parse(addresses);
      return { KAFKA_BROKERS: brokers.join() };
    },
  },
  {
    engine: redis,
    env: (addresses) => ({ REDIS_URL: z.object({ url: z.string() }).parse(addresses).url }),
  },
  {
    engine: mongo,
    env: (addresses) => ({ MONGODB_URL: z.object({ url: z.string() }).parse(addresses).url }),
  },
];

const CHAOS: readonly Step[] = [
  { name: 'chaos: 100 orders', args: ['test/chaos/chaos.ts', '--orders', '100', '--seed', '42'] },
  {
    name: 'chaos without inboxes is noticed',
    args: ['test/chaos/chaos.ts', '--orders', '40', '--seed', '42', '--without-inbox'],
  },
];

const picked = process.argv.slice(2);
const running: PrivateEngine[] = [];
try {
  const settings: Record<string, string> = { SHOP_TEST: 'engines' };
  for (const { engine, env } of SERVERS) {
    const started = performance.now();
    const server = await startPrivateEngine(engine);
    running.push(server);
    Object.assign(settings, env(server.addresses));
    console.log(`✓ ${engine.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  }
  const tallies = [
    { passed: running.length, failed: 0 },
    await runVitest(picked, { env: settings, areTimed: true }),
  ];
  for (const server of running.splice(0)) await server.stop(); // the chaos has its own
  if (picked.length === 0) for (const step of CHAOS) tallies.push(await runStep(step));
  close(tallies);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  close([{ passed: 0, failed: 1 }]);
} finally {
  for (const server of running) await server.stop();
}
