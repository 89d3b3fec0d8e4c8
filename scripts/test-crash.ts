/** `npm run test:crash`: kills the shop after each step of an order, on PGlite and on a PostgreSQL brought up for it. */
import { startPrivatePostgres } from '#test/kit/private-postgres.ts';
import { close, runJest } from './lib/steps.ts';

const EVERY_STEP = { SHOP_TEST: 'crash', CRASH_STRIDE: '1' };

try {
  const onPglite = await runJest([], EVERY_STEP);
  const postgres = await startPrivatePostgres();
  try {
    close([onPglite, await runJest([], { ...EVERY_STEP, CRASH_DATABASE_URL: postgres.url })]);
  } finally {
    await postgres.stop();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  close([{ passed: 0, failed: 1 }]);
}
