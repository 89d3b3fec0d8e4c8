import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#adapters/system/free-port.ts';

const DEBIAN = '/usr/lib/postgresql';
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  fsync: 'off',
};

export interface PrivatePostgres {
  readonly url: string;
  /** Ends the server and removes its data. */
  readonly stop: () => Promise<void>;
}

const isRoot = process.getuid?.() === 0;

const run = (command: string, args: readonly string[]): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stdout + stderr}`);
  return stdout;
};

/** The folder of `postgres` and `initdb`: Debian's newest, else the one on the PATH. */
const findBinaries = (): string | undefined => {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  return folders.find((folder) => existsSync(join(folder, 'postgres')) && existsSync(join(folder, 'initdb')));
};

const binaries = (): string => {
  const found = findBinaries();
  if (found !== undefined) return found;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      'PostgreSQL is missing: install it (Debian: apt-get install postgresql) or run as root on Debian.',
    );
  }
  process.stdout.write('Installing PostgreSQL …\n');
  process.env['DEBIAN_FRONTEND'] = 'noninteractive';
  run('apt-get', ['update', '-q']);
  run('apt-get', ['install', '-yq', '--no-install-recommends', 'postgresql']);
  const installed = findBinaries();
  if (installed === undefined) throw new Error('postgresql was installed, but initdb is not to be found.');
  return installed;
};

/** PostgreSQL refuses root, so root becomes Debian's `postgres`; the server ends when we do, however that comes. */
const unprivileged = (command: readonly string[]): readonly string[] =>
  isRoot
    ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', '--pdeathsig=INT', ...command]
    : command;

/** Resolves when the server accepts connections; throws with its log if it ends before. */
const accepting = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)));
    server.once('error', reject);
  });

/** Starts an empty PostgreSQL of our own on a free port of the loopback address, its data in a temporary folder. */
export const startPrivatePostgres = async (): Promise<PrivatePostgres> => {
  const bin = binaries();
  const data = await mkdtemp(join(tmpdir(), 'shop-pg-'));
  if (isRoot) await chown(data, Number(run('id', ['-u', 'postgres'])), Number(run('id', ['-g', 'postgres'])));
  const removeData = (): Promise<void> => rm(data, { recursive: true, force: true });
  try {
    const [initdb = '', ...initArgs] = unprivileged([
      join(bin, 'initdb'),
      ...['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    ]);
    run(initdb, initArgs);

    const port = await freePort();
    const settings = Object.entries({ ...SETTINGS, port }).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ]);
    const [postgres = '', ...args] = unprivileged([join(bin, 'postgres'), '-D', data, ...settings]);
    // A group of its own: Ctrl-C reaches us, and we stop it when its clients are gone.
    const server = spawn(postgres, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    await accepting(server);
    return {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      stop: async () => {
        if (server.exitCode === null && server.kill('SIGINT')) await once(server, 'exit'); // a fast shutdown
        await removeData();
      },
    };
  } catch (error) {
    await removeData();
    throw error;
  }
};
