/** `npm run test:crash`: kills the shop after each step of an order, on PGlite and on a PostgreSQL brought up for it. */
import { startPrivatePostgres } from '#test/kit/private-postgres.ts';
import { close, runVitest, type Tally } from './lib/steps.ts';

const onAll = (name: string, env: Readonly<Record<string, string>> = {}): Promise<Tally> =>
  runVitest([], { name, env: { SHOP_TEST: 'crash', ...env } });

try {
  const postgres = await startPrivatePostgres();
  try {
    // Side by side, as one shop at a time is busy with one core.
    close(
      await Promise.all([
        onAll('crash on PGlite'),
        onAll('crash on PostgreSQL', { CRASH_DATABASE_URL: postgres.url }),
      ]),
    );
  } finally {
    await postgres.stop();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  close([{ passed: 0, failed: 1 }]);
}
