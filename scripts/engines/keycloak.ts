import { copyFile, mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { secretOf, type Engine } from './engine.ts';
import { ensureArchive, ensureJava } from './install/maven.ts';
import { run } from './install/run.ts';
import { HOST, isServed } from './probe.ts';

const VERSION = '26.7.3';
const ADMIN = 'admin';
const REALM = 'shop';
const CLIENT = 'gateway';
const REALM_FILE = fileURLToPath(new URL('keycloak/realm.json', import.meta.url));
const OPENED = ['java.util', 'java.util.concurrent', 'java.security', 'java.lang'];

const folderOf = (software: string): string => join(software, `keycloak-${VERSION}`);
const unpackedIn = (folder: string): string => join(folder, `keycloak-${VERSION}`);
const urlOf = (port: number): string => `http://${HOST}:${port}`;

/** Keycloak with the realm `shop`, which is imported at the first start. */
export const keycloak: Engine = {
  name: 'keycloak',
  port: 18080,
  ports: 2,
  secretNames: ['admin', 'client'],
  install: (software) =>
    ensureArchive(folderOf(software), `org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`, async (folder) => {
      // Settings of the build are fixed here, else each start would build again.
      const settings = ['--db=dev-file', '--cache=local', '--health-enabled=true'];
      await run('bash', [join(unpackedIn(folder), 'bin', 'kc.sh'), 'build', ...settings]);
    }),
  prepare: async (site) => {
    const home = join(site.folder, 'data');
    const software = join(unpackedIn(folderOf(site.software)), 'lib');
    for (const name of ['conf', 'providers', 'themes', join('data', 'import')])
      await mkdir(join(home, name), { recursive: true, mode: 0o700 });
    await rm(join(home, 'lib'), { force: true });
    await symlink(software, join(home, 'lib'));
    await copyFile(REALM_FILE, join(home, 'data', 'import', 'realm.json'));
    return {
      program: await ensureJava(), // kc.sh would stand between us and the server
      args: [
        ...['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
        `-Dkc.home.dir=${home}`,
        `-Djboss.server.config.dir=${join(home, 'conf')}`,
        '-Djava.util.logging.manager=org.jboss.logmanager.LogManager',
        '-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory',
        ...OPENED.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
        ...['-cp', join(software, 'quarkus-run.jar'), 'io.quarkus.bootstrap.runner.QuarkusEntryPoint'],
        ...[
          'start',
          '--optimized',
          '--import-realm',
          '--http-enabled=true',
          '--hostname-strict=false',
          '--log-level=warn',
        ],
        ...[`--http-host=${HOST}`, `--http-port=${site.port}`],
        ...[`--http-management-host=${HOST}`, `--http-management-port=${site.port + 1}`],
      ],
      env: {
        KC_BOOTSTRAP_ADMIN_USERNAME: ADMIN,
        KC_BOOTSTRAP_ADMIN_PASSWORD: secretOf(site, 'admin'),
        SHOP_CLIENT_SECRET: secretOf(site, 'client'), // realm.json names it
      },
    };
  },
  isReady: ({ port }) => isServed(`http://${HOST}:${port + 1}/health/ready`),
  addresses: (site) => ({
    url: urlOf(site.port),
    issuer: `${urlOf(site.port)}/realms/${REALM}`,
    admin: { username: ADMIN, password: secretOf(site, 'admin') },
    client: { id: CLIENT, secret: secretOf(site, 'client') },
  }),
};
