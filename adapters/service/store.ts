import { z } from 'zod';
import type { Logger } from '../observability/logger.ts';
import { migrate, pendingMigrations } from '../postgres/migrate.ts';
import { openPg } from '../postgres/pg-database.ts';
import type { SqlDatabase } from '../postgres/sql.ts';
import { msSetting, readConfig } from './config.ts';
import type { ServiceModule, Store } from './module.ts';

const SETTINGS = {
  DATABASE_URL: z.url(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(500).default(10),
  DATABASE_STATEMENT_MS: msSetting(10_000),
};

export interface OpenedStore {
  readonly store: Store;
  readonly close: () => Promise<void>;
}

/** The schema of a service in its database. */
export const schemaOf = ({ name, schema = name }: Pick<ServiceModule, 'name' | 'schema'>): string => schema;

type Env = Readonly<Record<string, string | undefined>>;

const openDatabase = (env: Env, logger: Logger): SqlDatabase => {
  const config = readConfig(SETTINGS, env);
  return openPg({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL,
    statementTimeoutMs: config.DATABASE_STATEMENT_MS,
    onError: (error) => {
      logger.error({ err: error }, 'a database connection broke');
    },
  });
};

/** The service's store, as its environment says. Throws when its schema is not the one that this code needs. */
export const openStore = async (module: ServiceModule, env: Env, logger: Logger): Promise<OpenedStore> => {
  const database = openDatabase(env, logger);
  const schema = schemaOf(module);
  const pending = await pendingMigrations(database, schema, module.migrations);
  if (pending.length > 0)
    throw new Error(`the database lacks ${pending.join(', ')}: run npm run migrate -- ${module.name}`);
  return { store: { kind: 'sql', database, schema }, close: () => database.close() };
};

/** Brings the service's database to the newest schema; answers the steps taken. */
export const migrateService = async (module: ServiceModule, env: Env, logger: Logger): Promise<string[]> => {
  const database = openDatabase(env, logger);
  try {
    return await migrate(database, schemaOf(module), module.migrations);
  } finally {
    await database.close();
  }
};
