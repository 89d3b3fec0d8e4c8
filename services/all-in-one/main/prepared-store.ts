import { createHash } from 'node:crypto';
import { baseMigrations } from '#adapters/postgres/base-schema.ts';
import { migrate } from '#adapters/postgres/migrate.ts';
import type { Migration } from '#adapters/postgres/migration.ts';
import { openPglite } from '#adapters/postgres/pglite-database.ts';
import { copyPgliteTemplate, keepPgliteTemplate } from '#adapters/postgres/pglite-template.ts';
import { journalMigrations } from '#adapters/postgres/sql-journal.ts';
import { schemaOf } from '#adapters/service/store.ts';
import { STATEFUL } from './modules.ts';

/** In the order in which a start migrates them. */
const SCHEMAS: readonly (readonly [schema: string, migrations: readonly Migration[]])[] = [
  ['bus', journalMigrations],
  ...STATEFUL.map((module) => [schemaOf(module), module.migrations] as const),
];

/** Changes with every migration, so that a template never has another schema than this code. */
const NAME = createHash('sha256')
  .update(JSON.stringify(SCHEMAS.map(([schema, own]) => [schema, baseMigrations(schema), own])))
  .digest('hex')
  .slice(0, 16);

/** Keeps a data folder with all schemas, which saves a first start the migrations. */
export const prepareStore = (): Promise<void> =>
  keepPgliteTemplate(NAME, async (folder) => {
    await copyPgliteTemplate(folder);
    const database = await openPglite(folder);
    for (const [schema, migrations] of SCHEMAS) await migrate(database, schema, migrations);
    await database.close();
  });

/** A data folder for a new shop: the prepared one, or else an empty one. */
export const newStore = (folder: string): Promise<void> => copyPgliteTemplate(folder, NAME);
