import { Migration as MikroMigration, Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { baseMigrations } from './base-schema.ts';
import { dialectOn } from './kysely-dialect.ts';
import type { Migration } from './migration.ts';
import { sqlState, type SqlDatabase } from './sql.ts';

export type { Migration };

const asMikroMigration = ({ name, up }: Migration) => ({
  name,
  class: class extends MikroMigration {
    override up(): void {
      for (const statement of up) this.addSql(statement);
    }
  },
});

const UNDEFINED_TABLE = '42P01';
/** The table of applied migrations in a schema. */
const TABLE = 'migrations';

/** Names of the migrations not yet applied to `schema`, oldest first. */
export const pendingMigrations = (
  database: SqlDatabase,
  schema: string,
  migrations: readonly Migration[],
): Promise<string[]> => pendingSteps(database, schema, [...baseMigrations(schema), ...migrations]);

const pendingSteps = async (
  database: SqlDatabase,
  schema: string,
  steps: readonly Migration[],
): Promise<string[]> => {
  const rows = await database
    .query<{ name: string }>(`select name from ${schema}.${TABLE}`)
    .catch((error: unknown) => {
      if (sqlState(error) === UNDEFINED_TABLE) return [];
      throw error;
    });
  const done = new Set(rows.map(({ name }) => name));
  return steps.map(({ name }) => name).filter((name) => !done.has(name));
};

/**
 * Migrates `schema` to its newest version, each step in its own transaction. Returns the steps taken.
 * @param base the first migration of every schema
 */
export const migrate = async (
  database: SqlDatabase,
  schema: string,
  migrations: readonly Migration[],
  base = baseMigrations(schema),
): Promise<string[]> => {
  if ((await pendingSteps(database, schema, [...base, ...migrations])).length === 0) return [];
  await database.query(`create schema if not exists ${schema}`);
  const [connected] = await database.query<{ name: string }>('select current_database() as name');
  const orm = await MikroORM.init({
    dbName: connected?.name ?? '', // the migrator would create a missing database
    driverOptions: dialectOn(database),
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: {
      schema,
      tableName: TABLE,
      snapshot: false,
      transactional: true,
      allOrNothing: false,
      migrationsList: [...base, ...migrations].map(asMikroMigration),
      silent: true,
    },
  });
  try {
    const applied = await orm.migrator.up();
    return applied.map(({ name }) => name);
  } finally {
    await orm.close();
  }
};
