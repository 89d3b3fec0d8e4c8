/**
 * `npm run test:pg [-- Vitest arguments]`: the specs that need a real PostgreSQL, on one brought up for them, and acceptance on the
 * store of `npm start`.
 */
import { startPrivatePostgres } from '#test/kit/private-postgres.ts';
import { close, runVitest } from './lib/steps.ts';

try {
  const started = performance.now();
  const postgres = await startPrivatePostgres();
  console.log(`✓ PostgreSQL at ${postgres.url} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  try {
    const env = { SHOP_TEST: 'pg', TEST_DATABASE_URL: postgres.url };
    close([
      { passed: 1, failed: 0 },
      await runVitest(['--passWithNoTests', ...process.argv.slice(2)], { env }),
    ]);
  } finally {
    await postgres.stop();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  close([{ passed: 0, failed: 1 }]);
}
