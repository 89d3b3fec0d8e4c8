import { baseMigrations } from './base-schema.ts';
import { TABLE, type Migration } from './migration.ts';
import { sqlState, type SqlDatabase } from './sql.ts';

export type { Migration };

const UNDEFINED_TABLE = '42P01';

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
  const steps = [...base, ...migrations];
  if ((await pendingSteps(database, schema, steps)).length === 0) return [];
  const { applyMigrations } = await import('./apply-migrations.ts'); // 450 modules, rarely needed
  return applyMigrations(database, schema, steps);
};
