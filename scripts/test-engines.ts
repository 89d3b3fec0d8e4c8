/** `npm run test:engines [-- jest arguments]`: the specs that need other servers than PostgreSQL, on servers brought up for them. */
import { z } from 'zod';
import { startPrivateEngine } from '#test/kit/private-engine.ts';
import { kafka } from './engines/kafka.ts';
import { close, runJest } from './lib/steps.ts';

const Addresses = z.object({ brokers: z.array(z.string()) });

try {
  const started = performance.now();
  const broker = await startPrivateEngine(kafka);
  try {
    const brokers = Addresses.parse(broker.addresses).brokers.join();
    console.log(`✓ Kafka at ${brokers} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    const env = { SHOP_TEST: 'engines', KAFKA_BROKERS: brokers };
    close([{ passed: 1, failed: 0 }, await runJest(process.argv.slice(2), env)]);
  } finally {
    await broker.stop();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  close([{ passed: 0, failed: 1 }]);
}
