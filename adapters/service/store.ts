import { z } from 'zod';
import type { Logger } from '../observability/logger.ts';
import { migrate, pendingMigrations } from '../postgres/migrate.ts';
import { openPg } from '../postgres/pg-database.ts';
import type { SqlDatabase } from '../postgres/sql.ts';
import { openRedis } from '../redis/settings.ts';
import { msSetting, readConfig } from './config.ts';
import type { RedisModule, RedisStore, ServiceModule, SqlStore, Store } from './module.ts';

const SETTINGS = {
  DATABASE_URL: z.url(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(500).default(10),
  DATABASE_STATEMENT_MS: msSetting(10_000),
};

export interface OpenedStore<S extends Store = SqlStore> {
  readonly store: S;
  readonly close: () => Promise<void>;
}

/** The schema of a service in its database. */
export const schemaOf = ({ name, schema = name }: Pick<ServiceModule, 'name' | 'schema'>): string => schema;

/** Before the keys of a service that keeps its state in Redis. */
export const prefixOf = ({ name }: Pick<ServiceModule, 'name'>): string => `${name}-service`;

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

/** The Redis of a service; it need not be there yet. */
export const openRedisStore = (module: RedisModule, env: Env, logger: Logger): OpenedStore<RedisStore> => {
  const connection = openRedis(env, logger);
  return { store: { kind: 'redis', connection, prefix: prefixOf(module) }, close: () => connection.close() };
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
