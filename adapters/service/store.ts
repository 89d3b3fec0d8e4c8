import { z } from 'zod';
import { MemoryDatabase } from '../memory/memory-database.ts';
import type { Logger } from '../observability/logger.ts';
import type { MongoDatabase } from '../mongo/mongo-database.ts';
import { migrate, pendingMigrations } from '../postgres/migrate.ts';
import { openPg } from '../postgres/pg-database.ts';
import type { SqlDatabase } from '../postgres/sql.ts';
import { msSetting, readConfig } from './config.ts';
import type { MemoryStore, ServiceModule, Store } from './module.ts';

const SETTINGS = { DATABASE_URL: z.url() };

const POOL_SETTINGS = {
  DATABASE_POOL: z.coerce.number().int().min(2).max(500).default(10),
  DATABASE_STATEMENT_MS: msSetting(10_000),
};

const MONGO_SETTINGS = {
  MONGODB_URL: z.string().regex(/^mongodb([+]srv)?:[/][/]/, 'must be mongodb://…'),
  MONGODB_TIMEOUT_MS: msSetting(10_000),
};
/** The database of a URL, which may name several hosts. */
const NAMED = /^[^:]+:[/][/][^/]+[/]([^?]+)/;

export interface OpenedStore {
  readonly store: Store;
  readonly close: () => Promise<void>;
}

/** For services that keep nothing, and for tests. */
export const memoryStore = (): MemoryStore => ({ kind: 'memory', database: new MemoryDatabase() });

/** The schema of a service in its database. */
export const schemaOf = ({ name, schema = name }: Pick<ServiceModule, 'name' | 'schema'>): string => schema;

/** The key prefix of a service that keeps its state in Redis. */
export const prefixOf = ({ name }: Pick<ServiceModule, 'name'>): string => `${name}-service`;

export type Env = Readonly<Record<string, string | undefined>>;

/** Connections to a PostgreSQL, by `DATABASE_POOL` and `DATABASE_STATEMENT_MS`. */
export const openPool = (url: string, env: Env, onError: (error: Error) => void): SqlDatabase => {
  const config = readConfig(POOL_SETTINGS, env);
  return openPg({
    url,
    poolSize: config.DATABASE_POOL,
    statementTimeoutMs: config.DATABASE_STATEMENT_MS,
    onError,
  });
};

const openDatabase = (env: Env, logger: Logger): SqlDatabase =>
  openPool(readConfig(SETTINGS, env).DATABASE_URL, env, (error) => {
    logger.error({ err: error }, 'a database connection broke');
  });

/** The service's own database on the server of `MONGODB_URL`, unless that names another. */
const openDocuments = async (module: ServiceModule, env: Env): Promise<MongoDatabase> => {
  const { MONGODB_URL: url, MONGODB_TIMEOUT_MS: timeoutMs } = readConfig(MONGO_SETTINGS, env);
  const [, database = schemaOf(module)] = NAMED.exec(url) ?? [];
  const { openMongo } = await import('../mongo/open-mongo.ts'); // 150 modules, for those who need them
  return openMongo({ url, database, collections: module.collections ?? [], timeoutMs });
};

const openMongoStore = async (module: ServiceModule, env: Env): Promise<OpenedStore> => {
  const database = await openDocuments(module, env);
  const troubles = await database.indexTroubles();
  if (troubles.length > 0) {
    await database.close();
    throw new Error(
      `${troubles.join('; ')}: run npm run migrate -- ${module.name}, or drop what is different`,
    );
  }
  return { store: { kind: 'mongo', database }, close: () => database.close() };
};

/** It may not exist yet. */
const openRedisStore = async (module: ServiceModule, env: Env, logger: Logger): Promise<OpenedStore> => {
  const { openRedis } = await import('../redis/settings.ts');
  const connection = openRedis(env, logger);
  return { store: { kind: 'redis', connection, prefix: prefixOf(module) }, close: () => connection.close() };
};

/** The service's store, by its environment. Throws if the schema is not the one that this code needs. */
export const openStore = async (module: ServiceModule, env: Env, logger: Logger): Promise<OpenedStore> => {
  if (module.isStateless) return { store: memoryStore(), close: () => Promise.resolve() };
  if (module.store === 'mongo') return openMongoStore(module, env);
  if (module.store === 'redis') return openRedisStore(module, env, logger);
  const database = openDatabase(env, logger);
  const schema = schemaOf(module);
  const pending = await pendingMigrations(database, schema, module.migrations);
  if (pending.length > 0)
    throw new Error(`the database lacks ${pending.join(', ')}: run npm run migrate -- ${module.name}`);
  return { store: { kind: 'sql', database, schema }, close: () => database.close() };
};

const makeIndexes = async (module: ServiceModule, env: Env): Promise<string[]> => {
  const database = await openDocuments(module, env);
  try {
    return await database.createIndexes();
  } finally {
    await database.close();
  }
};

/** Migrates the service's database to the newest schema or set of indexes; returns the steps taken. */
export const migrateService = async (module: ServiceModule, env: Env, logger: Logger): Promise<string[]> => {
  if (module.isStateless) return [];
  if (module.store === 'redis') return []; // its documents contain their version
  if (module.store === 'mongo') return makeIndexes(module, env);
  const database = openDatabase(env, logger);
  try {
    return await migrate(database, schemaOf(module), module.migrations);
  } finally {
    await database.close();
  }
};
