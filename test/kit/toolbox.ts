import { randomUUID } from 'node:crypto';
import {
  makeServiceTokens,
  makeSigner,
  makeVerifier,
  publicJwk,
  generateKey,
  type TokenVerifier,
} from '#adapters/auth/tokens.ts';
import { makeUserSigner, makeUserVerifier, ownIssuer } from '#adapters/auth/user-tokens.ts';
import type { Role } from '#adapters/auth/principal.ts';
import { makeSeal } from '#adapters/events/envelope.ts';
import type { ServiceClient } from '#adapters/http/client.ts';
import { MemoryDatabase } from '#adapters/memory/memory-database.ts';
import { InProcessBus, noJournal } from '#adapters/messaging/in-process-bus.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { Metrics } from '#adapters/observability/metrics.ts';
import type { SecurityEvent, SecurityNote } from '#adapters/observability/security-log.ts';
import type { MongoDatabase } from '#adapters/mongo/mongo-database.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import type { RedisConnection } from '#adapters/redis/connection.ts';
import { makeAddresses } from '#adapters/service/addresses.ts';
import type { CommonStore, RedisStore, ServiceModule, Store, Toolbox } from '#adapters/service/module.ts';
import { storesOf } from '#adapters/service/parts.ts';
import { prefixOf } from '#adapters/service/store.ts';
import { START } from './start.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { ManualClock } from '#kernel/clock.ts';
import type { EventEnvelope } from '#kernel/events.ts';

/** Where every service can keep its state. */
export type StoreName = 'memory' | 'pglite' | 'postgres';
/** Where some can. */
export type EngineStoreName = 'redis' | 'mongo';
export type AnyStoreName = StoreName | EngineStoreName;

/** The stores that contract suites run on: those that need no server, or with SHOP_TEST=pg a real PostgreSQL. */
export const STORES: readonly StoreName[] =
  process.env['SHOP_TEST'] === 'pg' ? ['postgres'] : ['memory', 'pglite'];

/** The same for suites that with SHOP_TEST=engines run on these. */
export const storesWith = (...engines: readonly EngineStoreName[]): readonly AnyStoreName[] =>
  process.env['SHOP_TEST'] === 'engines' ? engines : STORES;

/** For suites of the platform itself. */
export const ALL_STORES = storesWith('redis', 'mongo');

const { MONGODB_URL } = process.env;

export { START };
export const ISSUER = 'https://shop.test';

export type Noted = SecurityNote & { readonly event: SecurityEvent };

export interface TestToolbox<S extends Store = CommonStore> extends Toolbox<S> {
  readonly clock: ManualClock;
  /** What the outbox holds, oldest first. */
  announced(): Promise<readonly EventEnvelope[]>;
  /** What the security log was told, oldest first. */
  readonly noted: readonly Noted[];
  /** A user's access token. */
  tokenOf(userId: string, ...roles: readonly Role[]): Promise<string>;
  /** A token by which `caller` may use `scope` here. */
  serviceToken(caller: string, scope: string, actsFor?: string): Promise<string>;
  close(): Promise<void>;
}

export interface TestOptions {
  /** Answers the calls to other services. */
  readonly clients?: Readonly<Record<string, ServiceClient>>;
  readonly env?: Readonly<Record<string, string>>;
}

const logger = makeLogger({ service: 'test', level: process.env['TEST_LOG'] ?? 'silent' });

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

let redis: RedisConnection | undefined;

const openOwnPglite = async (): Promise<SqlDatabase> => {
  const { openPglite } = await import('#adapters/postgres/pglite-database.ts');
  const { pgliteTemplate } = await import('./pglite-template.ts');
  return openPglite(undefined, await pgliteTemplate());
};

/** PGlite is opened once per process, as that takes seconds; a server once per test file. */
const databaseOf = (store: 'pglite' | 'postgres'): Promise<SqlDatabase> => {
  if (store === 'pglite') return (pglite ??= openOwnPglite());
  return (postgres ??= openOwnPg());
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

const documents = new Set<MongoDatabase>();

/** A database of its own for each toolbox. */
const openDocuments = async ({ collections = [] }: TestedModule): Promise<MongoDatabase> => {
  const { openMongo } = await import('#adapters/mongo/mongo-database.ts');
  const database = openMongo({
    url: MONGODB_URL ?? '',
    database: `test_${randomUUID()}`,
    collections,
    timeoutMs: 10_000,
  });
  documents.add(database);
  await database.createIndexes();
  return database;
};

const forget = async (database: MongoDatabase): Promise<void> => {
  if (!documents.delete(database)) return;
  await database.drop();
  await database.close();
};

/** Call in `afterAll` of a file that used a server. PGlite stays open for the next file. */
export const closeDatabase = async (): Promise<void> => {
  await (await postgres)?.close();
  await redis?.close();
  postgres = undefined;
  redis = undefined;
  for (const database of documents) await forget(database);
};

const openStore = async (name: AnyStoreName, module: TestedModule): Promise<Store> => {
  if (name === 'redis') return openRedisStore(module);
  const { schema = module.name, migrations } = module;
  if (name === 'mongo') return { kind: 'mongo', database: await openDocuments(module) };
  if (name === 'memory') return { kind: 'memory', database: new MemoryDatabase() };
  const database = await databaseOf(name);
  await freshSchema(database, schema, migrations);
  return { kind: 'sql', database, schema };
};

const openRedisStore = async (module: TestedModule): Promise<RedisStore> => {
  const { connectRedis, emptyRedis } = await import('./redis.ts');
  const prefix = prefixOf(module);
  redis ??= connectRedis();
  await emptyRedis(redis, prefix);
  return { kind: 'redis', connection: redis, prefix };
};

/** Where the store is used. */
const PROFILES: Readonly<Record<AnyStoreName, Toolbox['profile']>> = {
  memory: 'memory',
  pglite: 'embedded',
  postgres: 'distributed',
  mongo: 'distributed',
  redis: 'distributed',
};

type TestedModule = Pick<ServiceModule, 'name' | 'schema' | 'migrations' | 'collections'>;

const cannotCall =
  (service: string): ServiceClient =>
  () =>
    Promise.reject(new Error(`this test does not expect a call to ${service}`));

/** A toolbox for one service on a fresh store, with a clock that stands still. */
export function openToolbox(
  name: StoreName,
  module: TestedModule,
  options?: TestOptions,
): Promise<TestToolbox>;
export function openToolbox(
  name: AnyStoreName,
  module: TestedModule,
  options?: TestOptions,
): Promise<TestToolbox<Store>>;
export async function openToolbox(
  name: AnyStoreName,
  module: TestedModule,
  options: TestOptions = {},
): Promise<TestToolbox<Store>> {
  return toolboxOn(await openStore(name, module), PROFILES[name], module, options);
}

const toolboxOn = async <S extends Store>(
  store: S,
  profile: Toolbox['profile'],
  module: TestedModule,
  { clients = {}, env = {} }: TestOptions,
): Promise<TestToolbox<S>> => {
  const clock = new ManualClock(START);
  const noted: Noted[] = [];
  const stores = storesOf(store);
  const userKey = await generateKey('user');
  const callerKeys = new Map<string, Awaited<ReturnType<typeof generateKey>>>();
  const serviceKeys = { keys: [publicJwk(userKey)] };
  const sign = await makeUserSigner(userKey, ISSUER);
  const users = ownIssuer(ISSUER, () => Promise.resolve(serviceKeys));
  // It keeps what it has verified, so a new key takes a new one; and to most specs nobody comes with a token.
  let verifier: TokenVerifier | undefined;
  const verify: TokenVerifier = (token) => {
    verifier ??= makeVerifier({ users: makeUserVerifier(users), serviceKeys, audience: module.name });
    return verifier(token);
  };
  const bus = new InProcessBus(noJournal, logger);
  const metrics = new Metrics(module.name);
  const key = module.name === 'user' ? userKey : await generateKey(module.name);
  return {
    name: module.name,
    profile,
    store,
    stores,
    clock,
    ids: systemIds,
    seal: makeSeal(systemIds, clock),
    bus,
    logger,
    metrics,
    security: { note: (event, note) => noted.push({ event, ...note }) },
    noted,
    breakers: metrics.gauge('circuit_open', '1 while a callee is not called', ['callee']),
    env,
    wakeRelay: () => undefined,
    wakeTasks: () => undefined,
    verify,
    client: (service) => clients[service] ?? cannotCall(service),
    tokens: makeServiceTokens(module.name, await makeSigner(key)),
    key,
    issuer: ISSUER,
    addresses: makeAddresses(),
    announced: async () => (await stores.outbox.oldest(10_000)).map(({ envelope }) => envelope),
    tokenOf: (userId, ...roles) =>
      sign({ sub: userId, email: `${userId}@example.com`, name: 'Test User', roles }, 600),
    serviceToken: async (caller, scope, actsFor) => {
      let key = callerKeys.get(caller);
      if (!key) {
        key = await generateKey(caller);
        callerKeys.set(caller, key);
        serviceKeys.keys.push(publicJwk(key));
        verifier = undefined;
      }
      return makeServiceTokens(caller, await makeSigner(key))(module.name, scope, actsFor);
    },
    close: async () => {
      if (store.kind === 'mongo') await forget(store.database);
    },
  };
};
