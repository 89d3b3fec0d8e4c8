import { migrate } from '#adapters/postgres/migrate.ts';
import { openPg } from '#adapters/postgres/pg-database.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import type { ServiceModule } from '#adapters/service/module.ts';
import { schemaOf } from '#adapters/service/store.ts';

/** Connections of the bench to a database, and clients of its floor. */
export const SESSIONS = 16;

/** A database of the bench's own beside those of the services. */
export interface BenchDatabase {
  readonly url: string;
  readonly database: SqlDatabase;
  readonly schema: string;
}

const open = (url: string, resources: AsyncDisposableStack): SqlDatabase => {
  const database = openPg({
    url,
    poolSize: SESSIONS,
    statementTimeoutMs: 10_000,
    onError: () => undefined,
  });
  resources.defer(() => database.close());
  return database;
};

/**
 * Makes one with the tables of a service.
 * @param administrator URL by which one may
 */
export const makeDatabase = async (
  administrator: string,
  name: string,
  module: Pick<ServiceModule, 'name' | 'schema' | 'migrations'>,
  resources: AsyncDisposableStack,
): Promise<BenchDatabase> => {
  await open(administrator, resources).script(`create database bench_${name}`);
  const url = new URL(administrator);
  url.pathname = `/bench_${name}`;
  const database = open(url.href, resources);
  const schema = schemaOf(module);
  await migrate(database, schema, module.migrations);
  return { url: url.href, database, schema };
};
