/**
 * `npm run audit:verify`: checks the audit trail in the database of the user service, which `DATABASE_URL` names, or else in the data
 * folder `DATA_DIR` of a shop that does not run now. `-- --head SEQ:HASH`: also that the trail still has a head that was noted in the
 * security log; only this shows that it was cut, or rewritten as a whole. Exits with 1 if the trail is broken.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { makeLogger } from '#adapters/observability/logger.ts';
import { openPglite } from '#adapters/postgres/pglite-database.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { openPool } from '#adapters/service/store.ts';
import { lockFolder } from '#all-in-one/main/process-lock.ts';
import { verifyAuditIn } from '#user/main/audit.ts';

const Noted = z
  .string()
  .regex(/^\d{1,15}:[0-9a-f]{64}$/, '--head is SEQ:HASH, as noted in the security log')
  .transform((text) => {
    const [seq = '', hash = ''] = text.split(':');
    return { seq: Number(seq), hash };
  });

/** Runs `work` on the database of the environment. */
const onDatabase = async <T>(work: (database: SqlDatabase) => Promise<T>): Promise<T> => {
  const { DATABASE_URL: url, DATA_DIR: dataDir = '.data' } = process.env;
  if (url !== undefined) {
    const logger = makeLogger({ level: 'warn', service: 'user', destination: 2 });
    const pool = openPool(url, process.env, (error) => {
      logger.error({ err: error }, 'a database connection broke');
    });
    try {
      return await work(pool);
    } finally {
      await pool.close();
    }
  }
  const folder = join(dataDir, 'db');
  if (!existsSync(folder)) throw new Error(`${folder} is not there: set DATABASE_URL, or DATA_DIR`);
  const unlock = lockFolder(dataDir);
  try {
    const database = await openPglite(folder);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    unlock();
  }
};

try {
  const { values } = parseArgs({ options: { head: { type: 'string' } } });
  const noted = Noted.optional().safeParse(values.head);
  if (!noted.success) throw new Error(noted.error.issues[0]?.message);
  const verified = await onDatabase((database) => verifyAuditIn(database)(noted.data));
  if (!verified.ok)
    throw new Error(`The audit trail is broken: entry ${verified.error.seq} ${verified.error.what}.`);
  const { seq, hash } = verified.value;
  console.log(`All ${seq} entries of the audit trail are as they were written. Head: ${seq}:${hash}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
