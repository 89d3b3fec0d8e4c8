/** `npm run properties [-- PATTERN]`: every `*.property.spec.ts` with 100,000 random histories; `npm test` tries 1,000. */
import { close, runVitest } from './lib/steps.ts';

const RUNS = '100000';
const HOURS_MS = 4 * 3_600_000;

close([
  await runVitest([`--testTimeout=${HOURS_MS}`, ...process.argv.slice(2)], {
    env: { SHOP_TEST: 'properties', PROPERTY_RUNS: process.env['PROPERTY_RUNS'] ?? RUNS },
  }),
]);
