/**
 * `npm run migrations:release`: notes what today's migrations do; from now on databases have been through them, and they
 * may not be edited. Refuses where one of the last release was.
 */
import { writeFileSync } from 'node:fs';
import { currentDigests, migrationBreaches, PUBLISHED, readPublished } from './lib/migration-freeze.ts';

const now = currentDigests();
const breaches = migrationBreaches(readPublished(), now);
if (breaches.length > 0) {
  for (const breach of breaches) console.log(breach);
  console.log('databases migrated by the last release would miss this change: write a new migration');
  process.exitCode = 1;
} else {
  writeFileSync(PUBLISHED, `${JSON.stringify(now, null, 2)}\n`);
  console.log(`${Object.values(now).flatMap(Object.keys).length} migrations released`);
}
