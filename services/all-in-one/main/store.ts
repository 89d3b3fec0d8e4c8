import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '#adapters/observability/logger.ts';
import { openPg } from '#adapters/postgres/pg-database.ts';
import { openPglite } from '#adapters/postgres/pglite-database.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import { newStore } from './prepared-store.ts';
import type { Settings } from './settings.ts';

/** A small pool, so that statements stay prepared and caches warm. One connection holds the shop's lock. */
const POOL = 5;
const STATEMENT_MS = 10_000;

/** The database of the profile; none for `memory`. */
export const openStore = async (
  { profile, databaseUrl, dataDir, isFresh }: Settings,
  schemas: readonly string[],
  logger: Logger,
): Promise<SqlDatabase | undefined> => {
  if (profile === 'memory') return undefined;
  if (databaseUrl === undefined) return openFolder(join(dataDir, 'db'), isFresh);
  const database = openPg({
    url: databaseUrl,
    poolSize: POOL,
    statementTimeoutMs: STATEMENT_MS,
    onError: (error) => {
      logger.error({ err: error }, 'a database connection broke');
    },
  });
  if (isFresh) for (const schema of schemas) await database.query(`drop schema if exists ${schema} cascade`);
  return database;
};

/** Copied under another name and then renamed, so that a partial database is never opened. */
const openFolder = async (folder: string, isFresh: boolean): Promise<SqlDatabase> => {
  const aside = `${folder}.new`;
  rmSync(aside, { recursive: true, force: true });
  if (isFresh) rmSync(folder, { recursive: true, force: true });
  if (!existsSync(folder)) {
    await newStore(aside);
    renameSync(aside, folder);
  }
  return openPglite(folder);
};
