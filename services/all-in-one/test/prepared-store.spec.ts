import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pendingMigrations } from '#adapters/postgres/migrate.ts';
import { openPglite } from '#adapters/postgres/pglite-database.ts';
import { schemaOf } from '#adapters/service/store.ts';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { STATEFUL } from '../main/modules.ts';
import { newStore, prepareStore } from '../main/prepared-store.ts';

it('a prepared store has every migration of every service', async () => {
  await prepareStore();
  const folder = temporaryFolder();
  await newStore(join(folder, 'db'));
  const database = await openPglite(join(folder, 'db'));
  for (const module of STATEFUL)
    expect(await pendingMigrations(database, schemaOf(module), module.migrations)).toEqual([]);
  await database.close();
}, 120_000);
