import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeLogger } from '#adapters/observability/logger.ts';
import { openPglite } from '#adapters/postgres/pglite-database.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { openPool } from '#adapters/service/store.ts';
import { lockFolder } from '#all-in-one/main/process-lock.ts';

/**
 * Runs `work` on the database of the user service: that of `DATABASE_URL`, or else the one in the data folder `DATA_DIR` of a shop
 * that does not run now.
 */
export const onUserDatabase = async <T>(work: (database: SqlDatabase) => Promise<T>): Promise<T> => {
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
