import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { secretOf, type Engine, type Site } from './engine.ts';
import { run } from './install/run.ts';
import { postgresBinaries } from './postgres/binaries.ts';
import { HOST } from './probe.ts';
import { giveTo, packageUser, type User } from './users.ts';

const OWNER = 'postgres';
const SERVICE_SQL = fileURLToPath(new URL('postgres/service.sql', import.meta.url));

/** Services with a database of their own, which has their name, as their role has. */
export const SERVICES = [
  'user',
  'catalog',
  'inventory',
  'review',
  'media',
  'search',
  'cart',
  'order',
  'payment',
  'shipping',
  'notification',
  'analytics',
];

const urlOf = (site: Site, role: string): string =>
  `postgres://${role}:${secretOf(site, role)}@${HOST}:${site.port}/${role}`;

/** Puts a cluster into the empty folder `data`, as `user`. */
type Fill = (site: Site, data: string, user: User) => Promise<unknown>;

/** @param options of initdb */
export const emptyCluster =
  (...options: readonly string[]): Fill =>
  async (site, data, user) => {
    const password = join(site.folder, 'password');
    await writeFile(password, secretOf(site, OWNER), { mode: 0o600 });
    await giveTo(user, password);
    const access = ['-U', OWNER, '-A', 'scram-sha-256', `--pwfile=${password}`];
    try {
      await run(
        join(await postgresBinaries(), 'initdb'),
        ['-D', data, ...access, '-E', 'UTF8', '--locale=C.UTF-8', ...options],
        { ...user, cwd: data },
      );
    } finally {
      await rm(password);
    }
  };

/** A copy of the server at `url`, which follows it. */
export const replicaOf =
  (url: string): Fill =>
  async (_site, data, user) =>
    run(
      join(await postgresBinaries(), 'pg_basebackup'),
      ['-d', url, '-D', data, '--write-recovery-conf', '--checkpoint=fast', '--no-sync'],
      { ...user, cwd: data },
    );

/** Made aside and renamed, so that a cluster that is there is whole. */
const makeCluster = async (site: Site, data: string, user: User, fill: Fill): Promise<void> => {
  if (existsSync(data)) return;
  const aside = join(site.folder, 'data.partial');
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { mode: 0o700 });
  await giveTo(user, aside);
  await fill(site, aside, user);
  await rename(aside, data);
};

interface Besides {
  readonly fill?: Fill;
  readonly settings?: Readonly<Record<string, string>>;
}

/** A server with a database and a role for each of `users`. */
export const postgresFor = (
  users: readonly string[],
  { fill = emptyCluster(), settings: more = {} }: Besides = {},
): Engine => ({
  name: 'postgres',
  port: 15432,
  ports: 1,
  secretNames: [OWNER, ...users],
  stopSignal: 'SIGINT', // ends its clients' sessions; SIGTERM would wait for them
  install: async () => {
    await postgresBinaries();
  },
  prepare: async (site) => {
    const data = join(site.folder, 'data');
    const user = await packageUser(OWNER);
    await makeCluster(site, data, user, fill);
    const settings = {
      listen_addresses: HOST,
      port: site.port,
      unix_socket_directories: '',
      max_connections: 200,
      ...more,
    };
    return {
      program: join(await postgresBinaries(), 'postgres'),
      args: ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
      ...user,
    };
  },
  isReady: async ({ port }) => {
    await run(join(await postgresBinaries(), 'pg_isready'), ['-q', '-h', HOST, '-p', String(port)]);
    return true;
  },
  setUp: async (site) => {
    const psql = join(await postgresBinaries(), 'psql');
    for (const service of users) {
      const variables = ['-v', `service=${service}`, '-v', `password=${secretOf(site, service)}`];
      await run(psql, [
        '-q',
        '-X',
        '-v',
        'ON_ERROR_STOP=1',
        ...variables,
        '-f',
        SERVICE_SQL,
        urlOf(site, OWNER),
      ]);
    }
  },
  addresses: (site) => ({
    url: urlOf(site, OWNER),
    services: Object.fromEntries(users.map((service) => [service, urlOf(site, service)])),
  }),
});

export const postgres: Engine = postgresFor(SERVICES);
