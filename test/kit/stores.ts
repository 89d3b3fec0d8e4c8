import { randomUUID } from 'node:crypto';
import { MemoryDatabase } from '#adapters/memory/memory-database.ts';
import type { MongoDatabase } from '#adapters/mongo/mongo-database.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import type { CommonStore, RedisStore, ServiceModule, Store } from '#adapters/service/module.ts';
import { prefixOf } from '#adapters/service/store.ts';
import { atEnd, atFileEnd } from './cleanup.ts';
import { logger } from './log.ts';

/** Where every service can keep its state. */
export type StoreName = 'memory' | 'pglite' | 'postgres';
/** Where some can. */
export type EngineStoreName = 'redis' | 'mongo';
export type AnyStoreName = StoreName | EngineStoreName;
export type StoreOf<Name extends AnyStoreName> = Name extends StoreName ? CommonStore : Store;

/** The stores that contract suites run on: those that need no server, or with SHOP_TEST=pg a real PostgreSQL. */
export const STORES: readonly StoreName[] =
  process.env['SHOP_TEST'] === 'pg' ? ['postgres'] : ['memory', 'pglite'];

/** The same for suites that with SHOP_TEST=engines run on these. */
export const storesWith = (...engines: readonly EngineStoreName[]): readonly AnyStoreName[] =>
  process.env['SHOP_TEST'] === 'engines' ? engines : STORES;

/** For suites of the platform itself. */
export const ALL_STORES = storesWith('redis', 'mongo');

export type TestedModule = Pick<ServiceModule, 'name' | 'schema' | 'migrations' | 'collections'>;

// Stores load their drivers where they are opened: most specs need none.

const openOwnPg = async (): Promise<SqlDatabase> => {
  const { openPg } = await import('#adapters/postgres/pg-database.ts');
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  const open = (): SqlDatabase =>
    openPg({
      url: url.href,
      poolSize: 20,
      statementTimeoutMs: 20_000,
      onError: (error) => {
        logger.error({ err: error }, 'pool');
      },
    });
  // Test files run side by side; each worker has a database of its own.
  const name = `test_${process.env['VITEST_POOL_ID'] ?? '1'}`;
  const admin = open();
  const [existing] = await admin.query('select 1 from pg_database where datname = $1', [name]);
  if (!existing) await admin.script(`create database ${name}`);
  await admin.close();
  url.pathname = `/${name}`;
  return open();
};

let pglite: Promise<SqlDatabase> | undefined;
let postgres: Promise<SqlDatabase> | undefined;

const openOwnPglite = async (): Promise<SqlDatabase> => {
  const { openPglite } = await import('#adapters/postgres/pglite-database.ts');
  const { pgliteTemplate } = await import('./pglite-template.ts');
  return openPglite(undefined, await pgliteTemplate());
};

/** PGlite is opened once per process, as that takes seconds; a server once per test file. */
const databaseOf = (store: 'pglite' | 'postgres'): Promise<SqlDatabase> => {
  if (store === 'pglite') return (pglite ??= openOwnPglite());
  if (!postgres) {
    const opening = (postgres = openOwnPg());
    atFileEnd(async () => {
      postgres = undefined;
      await (await opening).close();
    });
  }
  return postgres;
};

/** What each schema of a database has been through. */
const migrated = new WeakMap<SqlDatabase, Map<string, TestedModule['migrations']>>();

/** Leaves the schema as its migrations make it: without rows. */
const emptySchema = async (database: SqlDatabase, schema: string): Promise<void> => {
  const tables = await database.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = $1 and tablename <> 'migrations'`,
    [schema],
  );
  const sequences = await database.query<{ name: string }>(
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences where schemaname = $1`,
    [schema],
  );
  await database.script(
    [
      'begin',
      'set local session_replication_role = replica', // whatever refers to what
      ...tables.map(({ name }) => `delete from ${name}`),
      ...sequences.map(({ name }) => `alter sequence ${name} restart`),
      'commit',
    ].join(';'),
  );
};

/** Drops every schema: some services make schemas beside their own. */
export const dropSchemas = async (database: SqlDatabase): Promise<void> => {
  const schemas = await database.query<{ name: string }>(
    `select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public')`,
  );
  for (const { name } of schemas) await database.query(`drop schema ${name} cascade`);
  migrated.delete(database);
};

/** A schema as new; migrated once, as that takes fifty times as long as to empty it. */
const freshSchema = async (
  database: SqlDatabase,
  schema: string,
  migrations: TestedModule['migrations'],
): Promise<void> => {
  const past = migrated.get(database) ?? new Map<string, TestedModule['migrations']>();
  migrated.set(database, past);
  if (past.get(schema) === migrations) return emptySchema(database, schema);
  const { migrate } = await import('#adapters/postgres/migrate.ts');
  await database.query(`drop schema if exists ${schema} cascade`);
  await migrate(database, schema, migrations);
  past.set(schema, migrations);
};

/** A database of its own for each toolbox. */
const openDocuments = async ({ collections = [] }: TestedModule): Promise<MongoDatabase> => {
  const { openMongo } = await import('#adapters/mongo/open-mongo.ts');
  const database = openMongo({
    url: process.env['MONGODB_URL'] ?? '',
    database: `test_${randomUUID()}`,
    collections,
    timeoutMs: 10_000,
  });
  atEnd(async () => {
    await database.drop();
    await database.close();
  });
  await database.createIndexes();
  return database;
};

const openRedisStore = async (module: TestedModule): Promise<RedisStore> => {
  const { connectRedis, emptyRedis } = await import('./redis.ts');
  const prefix = prefixOf(module);
  const connection = connectRedis();
  await emptyRedis(connection, prefix);
  return { kind: 'redis', connection, prefix };
};

const openAnyStore = async (name: AnyStoreName, module: TestedModule): Promise<Store> => {
  if (name === 'redis') return openRedisStore(module);
  if (name === 'mongo') return { kind: 'mongo', database: await openDocuments(module) };
  if (name === 'memory') return { kind: 'memory', database: new MemoryDatabase() };
  const { schema = module.name, migrations } = module;
  const database = await databaseOf(name);
  await freshSchema(database, schema, migrations);
  return { kind: 'sql', database, schema };
};

/** A fresh store for one service. */
export const openStore = async <Name extends AnyStoreName>(
  name: Name,
  module: TestedModule,
): Promise<StoreOf<Name>> => (await openAnyStore(name, module)) as StoreOf<Name>;
