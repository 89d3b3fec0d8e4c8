import { Migration as MikroMigration, Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { dialectOn } from './kysely-dialect.ts';
import { TABLE, type Migration } from './migration.ts';
import type { SqlDatabase } from './sql.ts';

const asMikroMigration = ({ name, up }: Migration) => ({
  name,
  class: class extends MikroMigration {
    override up(): void {
      for (const statement of up) this.addSql(statement);
    }
  },
});

/** Applies the steps that `schema` lacks, each in its own transaction. Returns their names. */
export const applyMigrations = async (
  database: SqlDatabase,
  schema: string,
  steps: readonly Migration[],
): Promise<string[]> => {
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
      migrationsList: steps.map(asMikroMigration),
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
