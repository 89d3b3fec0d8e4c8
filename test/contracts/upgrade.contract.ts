import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { baseMigrations } from '#adapters/postgres/base-schema.ts';
import { migrate, type Migration } from '#adapters/postgres/migrate.ts';
import type { SqlDatabase } from '#adapters/postgres/sql.ts';
import type { ServiceModule } from '#adapters/service/module.ts';
import { sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { dropSchemas, openToolbox, STORES, type StoreName, type TestToolbox } from '#test/kit/toolbox.ts';

type Upgraded = Pick<ServiceModule, 'name' | 'schema' | 'migrations'>;

/**
 * What a service's own adapters must return for data of an older schema. By the last migration that the older
 * schema has been through; the data are in `adapters/postgres/fixtures/<migration>.sql`.
 */
export type Readings = Readonly<Record<string, (toolbox: TestToolbox) => Promise<void>>>;

export const SQL_STORES = STORES.filter((store) => store !== 'memory');

const ROOT = new URL('../../', import.meta.url);
const BASE = readFileSync(new URL('adapters/postgres/fixtures/0000-base.sql', ROOT), 'utf8');
const fixturesOf = ({ name }: Upgraded): URL => new URL(`services/${name}/adapters/postgres/fixtures/`, ROOT);
const fixtureOf = (module: Upgraded, migration: string): string =>
  readFileSync(new URL(`${migration}.sql`, fixturesOf(module)), 'utf8');

/** The migration before the newest, or the only one, unless there are readings of its data. */
export const missingReading = (migrations: readonly Migration[], readings: Readings): string | undefined => {
  const previous = (migrations.at(-2) ?? migrations.at(-1))?.name;
  return previous !== undefined && previous in readings ? undefined : previous;
};

const databaseOf = ({ store }: TestToolbox): SqlDatabase => {
  if (store.kind === 'memory') throw new Error('not SQL');
  return store.database;
};

/** A schema that had been through all that the platform gives it but the newest, held its data, and went on. */
export const upgradedBase = async (store: StoreName): Promise<TestToolbox> => {
  const toolbox = await openToolbox(store, { name: 'grown', migrations: [] });
  const database = databaseOf(toolbox);
  await dropSchemas(database);
  await migrate(database, 'grown', [], baseMigrations('grown').slice(0, -1));
  await database.script(`set search_path to grown; ${BASE}; reset search_path`);
  await migrate(database, 'grown', []);
  return toolbox;
};

/** A database that was at `migration`, held `data`, and then went through all later ones. */
export const upgraded = async (
  store: StoreName,
  module: Upgraded,
  migration: string,
  data = fixtureOf(module, migration),
): Promise<TestToolbox> => {
  const older = module.migrations.slice(0, module.migrations.findIndex(({ name }) => name === migration) + 1);
  await dropSchemas(databaseOf(await openToolbox(store, { ...module, migrations: [] })));
  const toolbox = await openToolbox(store, { ...module, migrations: older });
  const database = databaseOf(toolbox);
  const schema = module.schema ?? module.name;
  await database.script(`set search_path to ${schema}; ${BASE}; reset search_path; ${data}`);
  await migrate(database, schema, module.migrations);
  return toolbox;
};

/** Data written by an older version are still read right after the migrations that came since. */
export const upgradeContract = (module: ServiceModule, readings: Readings): void => {
  it(`${module.name} has data of the schema before its newest`, () => {
    expect(missingReading(module.migrations, readings)).toBeUndefined();
    const brought = readdirSync(fixturesOf(module)).map((file) => file.replace('.sql', ''));
    expect(Object.keys(readings).sort()).toEqual(brought.sort());
  });

  describe.each(SQL_STORES)(`data of ${module.name} in %s`, (store) => {
    it.each(Object.entries(readings))('written at %s are read by this version', async (migration, read) => {
      await read(await upgraded(store, module, migration));
    });

    it.each(Object.keys(readings))('written at %s by the platform are read', async (migration) => {
      await readBase(await upgraded(store, module, migration));
    });
  });
};

export const readBase = async (toolbox: TestToolbox): Promise<void> => {
  const { store, stores } = toolbox;
  if (store.kind === 'memory') throw new Error('not SQL');
  const event = (last: string) => ({
    event_id: `00000000-0000-7000-8000-0000000000${last}`,
    event_type: 'product.deleted',
  });
  expect(await stores.outbox.oldest(9)).toMatchObject([{ envelope: event('e1') }]);
  const letters = await stores.deadLetters.list(9);
  expect(letters).toMatchObject([{ consumer: 'mail', envelope: event('e2'), error: 'Error: broken' }]);
  expect(await stores.tasks.stuck(2, 9)).toMatchObject([
    { key: 'a task', kind: 'a kind', payload: { one: 1 }, attempts: 2, error: 'Error: away' },
  ]);
  await sqlUnitOfWork(toolbox, store, () => ({})).run(async ({ inbox, idempotency }) => {
    const events = letters.map(({ envelope }) => envelope);
    expect(await inbox.claim('post', events)).toEqual([]);
    const use = { principal: 'somebody', operation: 'placeOrder', key: 'a key', fingerprint: '' };
    expect(await idempotency.find(use)).toEqual({ fingerprint: 'a fingerprint', outcome: { status: 201 } });
  });
};
