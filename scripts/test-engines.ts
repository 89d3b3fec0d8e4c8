/** `npm run test:engines [-- jest arguments]`: the specs that need other servers than PostgreSQL, on servers brought up for them. */
import { z } from 'zod';
import { startPrivateEngine, type PrivateEngine } from '#test/kit/private-engine.ts';
import type { Engine } from './engines/engine.ts';
import { kafka } from './engines/kafka.ts';
import { mongo } from './engines/mongo.ts';
import { close, runJest } from './lib/steps.ts';

/** The servers, and the setting by which specs find each. */
const SERVERS: readonly {
  readonly engine: Engine;
  readonly variable: string;
  readonly value: (addresses: unknown) => string;
}[] = [
  {
    engine: kafka,
    variable: 'KAFKA_BROKERS',
    value: (addresses) =>
      z
        .object({ brokers: z.array(z.string()) })
        .parse(addresses)
        .brokers.join(),
  },
  {
    engine: mongo,
    variable: 'MONGODB_URL',
    value: (addresses) => z.object({ url: z.string() }).parse(addresses).url,
  },
];

try {
  const started: PrivateEngine[] = [];
  const env: Record<string, string> = { SHOP_TEST: 'engines' };
  try {
    for (const { engine, variable, value } of SERVERS) {
      const since = performance.now();
      const server = await startPrivateEngine(engine);
      started.push(server);
      env[variable] = value(server.addresses);
      const seconds = ((performance.now() - since) / 1000).toFixed(1);
      console.log(`✓ ${engine.name} at ${env[variable]} (${seconds} s)`);
    }
    close([{ passed: started.length, failed: 0 }, await runJest(process.argv.slice(2), env)]);
  } finally {
    for (const server of started) await server.stop();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  close([{ passed: 0, failed: 1 }]);
}
