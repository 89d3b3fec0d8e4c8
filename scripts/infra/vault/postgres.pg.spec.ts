import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '#adapters/postgres/migrate.ts';
import { openPg } from '#adapters/postgres/pg-database.ts';
import { isUnavailable, sqlState, type SqlDatabase } from '#adapters/postgres/sql.ts';
import { openStore, schemaOf } from '#adapters/service/store.ts';
import { STATEFUL } from '#all-in-one/main/modules.ts';
import { atEnd, atFileEnd, temporaryFile } from '#test/kit/cleanup.ts';
import { until } from '#test/kit/conditions.ts';
import { logger } from '#test/kit/log.ts';
import { run } from '../../engines/install/run.ts';
import { postgresBinaries } from '../../engines/postgres/binaries.ts';
import { CHARTS, library } from '../../charts/values.ts';

const FOLDER = fileURLToPath(new URL('../../../terraform/vault/postgres/', import.meta.url));

const SERVICES = CHARTS.filter((service) => library.edges[service]?.stores.includes('postgres'));
const MODULES = STATEFUL.filter(({ name }) => SERVICES.includes(name));

const REFUSED = '42501';
const WRONG_PASSWORD = '28P01';

interface Login {
  readonly name: string;
  readonly password: string;
}

const secret = (): string => randomBytes(16).toString('hex');

/** An administrator as RDS has: no superuser. */
const MASTER: Login = { name: 'vault_spec_master', password: secret() };
/** With which Vault's users are made. */
const VAULT_PASSWORD = secret();

const urlOf = ({ name, password }: Login, database: string): string => {
  const url = new URL(process.env['TEST_DATABASE_URL'] ?? '');
  url.username = name;
  url.password = password;
  url.pathname = `/${database}`;
  return url.href;
};

const open = (url: string): SqlDatabase =>
  openPg({ url, poolSize: 2, statementTimeoutMs: 20_000, onError: (err) => logger.error({ err }, 'pool') });

/** A login of the database of a service, closed at the end of the test. */
const enter = (login: Login, service: string): SqlDatabase => {
  const database = open(urlOf(login, service));
  atEnd(() => database.close());
  return database;
};

const prepare = (service: string, password = VAULT_PASSWORD): Promise<string> =>
  postgresBinaries().then((binaries) =>
    run(
      join(binaries, 'psql'),
      [
        ...['-q', '-X', '-v', 'ON_ERROR_STOP=1', '-v', `service=${service}`],
        ...['-f', join(FOLDER, 'database.sql'), urlOf(MASTER, 'postgres')],
      ],
      { env: { VAULT_PASSWORD: password } },
    ),
  );

const vaultOf = (service: string): Login => ({ name: `${service}_vault`, password: VAULT_PASSWORD });

/** Runs the statements of a file as Vault does: with its placeholders filled in, separately, in one transaction. */
const asVault = async (
  file: 'service' | 'migration' | 'revoke',
  service: string,
  { name, password }: Login,
  expiration = new Date(Date.now() + 3_600_000),
): Promise<void> => {
  const text = readFileSync(join(FOLDER, `${file}.sql`), 'utf8')
    .replaceAll('${service}', service)
    .replaceAll('{{name}}', name)
    .replaceAll('{{password}}', password)
    .replaceAll('{{expiration}}', expiration.toISOString());
  const vault = open(urlOf(vaultOf(service), service));
  try {
    const transaction = await vault.begin();
    const statements = text.split(';').map((statement) => statement.trim());
    for (const statement of statements.filter(Boolean)) await transaction.query(statement);
    await transaction.commit();
  } finally {
    await vault.close();
  }
};

const create = async (kind: 'service' | 'migration', service: string, expiration?: Date): Promise<Login> => {
  const login = { name: `v-kubernet-${service}-${secret()}`, password: secret() };
  await asVault(kind, service, login, expiration);
  atEnd(async () => {
    if ((await sessionsAndRolesOf(login)).roles > 0) await asVault('revoke', service, login);
  });
  return login;
};

let admin: SqlDatabase;

const sessionsAndRolesOf = async ({ name }: Login) => {
  const [found] = await admin.query<{ sessions: number; roles: number }>(
    `select (select count(*) from pg_stat_activity where usename = $1) as sessions,
            (select count(*) from pg_roles where rolname = $1) as roles`,
    [name],
  );
  return { sessions: found?.sessions ?? 0, roles: found?.roles ?? 0 };
};

const codeOf = (job: Promise<unknown>): Promise<string | undefined> =>
  job.then(() => 'it was allowed', sqlState);

beforeAll(async () => {
  admin = open(process.env['TEST_DATABASE_URL'] ?? '');
  atFileEnd(async () => {
    for (const service of SERVICES) {
      await admin.script(`drop database if exists "${service}" with (force)`);
      for (const role of ['owner', 'service', 'vault'])
        await admin.script(`drop role if exists "${service}_${role}"`);
    }
    await admin.script(`drop role ${MASTER.name}`);
    await admin.close();
  });
  await admin.script(
    `create role ${MASTER.name} login createrole createdb password '${MASTER.password}' nosuperuser`,
  );
  for (const service of SERVICES) await prepare(service);
});

describe('the database of', () => {
  it.each(MODULES)('$name is made by its migration, and used by its pods', async (module) => {
    const { name: service, migrations } = module;
    const schema = schemaOf(module);
    const migration = enter(await create('migration', service), service);
    expect((await migrate(migration, schema, migrations)).length).toBeGreaterThan(migrations.length);

    const login = await create('service', service);
    // As Vault Agent writes it.
    const file = pathToFileURL(temporaryFile(urlOf(login, service)));
    const opened = await openStore(module, { DATABASE_URL: file.href }, logger);
    await opened.close();
    const rights = await enter(login, service).query<Record<string, unknown>>(
      `select distinct pg_get_userbyid(relowner) as owner,
              has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert')
                and has_table_privilege(oid, 'update') and has_table_privilege(oid, 'delete') as may_use,
              has_table_privilege(oid, 'truncate, references, trigger') as may_more
       from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p', 'v', 'm')`,
      [schema],
    );
    expect(rights).toEqual([{ owner: `${service}_owner`, may_use: true, may_more: false }]);
  });

  it('order can be prepared again, which keeps the password that Vault has', async () => {
    await prepare('order', secret());
    expect(await enter(vaultOf('order'), 'order').query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('a login of order', () => {
  const migrateOrder = async (): Promise<void> => {
    const order = MODULES.find(({ name }) => name === 'order');
    if (!order) throw new Error('there is no order');
    const migration = enter(await create('migration', 'order'), 'order');
    await migrate(migration, schemaOf(order), order.migrations);
  };
  beforeAll(migrateOrder);

  it('reads and writes', async () => {
    const database = enter(await create('service', 'order'), 'order');
    const unit = await database.begin();
    await unit.query(
      `insert into orders.outbox (event_id, envelope) values (gen_random_uuid(), 'sample') returning seq`,
    );
    await unit.query(`update orders.outbox set envelope = 'changed' where envelope = 'sample'`);
    expect(await unit.query('select envelope from orders.outbox for update skip locked')).toEqual([
      { envelope: 'changed' },
    ]);
    await unit.query('delete from orders.outbox');
    await unit.commit();
    expect(await codeOf(database.query(`select orders.conflict('it')`))).toBe('SH409');
  });

  it.each([
    'create table orders.more (id integer)',
    'create index on orders.outbox (envelope)',
    'alter table orders.outbox add column more integer',
    'drop table orders.outbox',
    'truncate orders.outbox',
    'create schema more',
    'drop schema orders cascade',
    'create table public.more (id integer)',
    'create temporary table more (id integer)',
    'set role order_owner',
    'create role more',
    'grant order_owner to current_user',
  ])('may not %s', async (statement) => {
    const database = enter(await create('service', 'order'), 'order');
    expect(await codeOf(database.query(statement))).toBe(REFUSED);
  });

  it.each(['service', 'migration'] as const)(
    'of its %s may not enter the database of payment',
    async (kind) => {
      const database = enter(await create(kind, 'order'), 'payment');
      expect(await codeOf(database.query('select 1'))).toBe(REFUSED);
    },
  );

  it('ends by itself if it is not renewed', async () => {
    const login = await create('service', 'order', new Date(Date.now() - 1_000));
    expect(await codeOf(enter(login, 'order').query('select 1'))).toBe(WRONG_PASSWORD);
  });

  it('ends with its sessions when it is revoked', async () => {
    const login = await create('service', 'order');
    const session = await enter(login, 'order').begin();
    expect(await sessionsAndRolesOf(login)).toEqual({ sessions: 1, roles: 1 });
    await asVault('revoke', 'order', login);
    await until(async () => (await sessionsAndRolesOf(login)).sessions === 0);
    expect(await session.commit().catch(isUnavailable)).toBe(true);
    expect(await codeOf(enter(login, 'order').query('select 1'))).toBe(WRONG_PASSWORD);
  });

  it('of a migration leaves what it made to the next one', async () => {
    const login = await create('migration', 'order');
    const migration = enter(login, 'order');
    await migration.query('create table orders.first (id integer)');
    // Not what migrations do.
    await migration.script('reset role; set role none; create table orders.second (id integer)');
    await asVault('revoke', 'order', login);
    expect(await sessionsAndRolesOf(login)).toMatchObject({ roles: 0 });

    const next = enter(await create('migration', 'order'), 'order');
    expect(
      await next.query(`select tablename, tableowner from pg_tables where tablename in ('first', 'second')`),
    ).toEqual([
      { tablename: 'first', tableowner: 'order_owner' },
      { tablename: 'second', tableowner: 'order_owner' },
    ]);
    await next.query('drop table orders.first, orders.second');
  });
});
