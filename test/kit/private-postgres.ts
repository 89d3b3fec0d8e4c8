import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '#scripts/engines/install/run.ts';
import { postgresBinaries } from '#scripts/engines/postgres/binaries.ts';
import { freePort } from '#adapters/system/free-port.ts';
import { keep, release } from './keeper.ts';
import { giveTo, packageUser, type User } from '#scripts/engines/users.ts';

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

/** Resolves when the server accepts connections; throws with its log if it ends before. */
const accepting = (server: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (/ready to accept (read-only )?connections/.test(log)) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)));
    server.once('error', reject);
  });

/** @param fill puts a cluster into the empty folder */
const start = async (
  fill: (bin: string, data: string, user: User) => Promise<unknown>,
): Promise<PrivatePostgres> => {
  const bin = await postgresBinaries();
  const user = await packageUser('postgres'); // PostgreSQL refuses root
  const data = await mkdtemp(join(tmpdir(), 'shop-pg-'));
  keep(data);
  await giveTo(user, data);
  const removeData = async (): Promise<void> => {
    await rm(data, { recursive: true, force: true });
    release(data);
  };
  try {
    await fill(bin, data, user);
    const port = await freePort();
    const settings = Object.entries({ ...SETTINGS, port }).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ]);
    // A group of its own: Ctrl-C reaches us, and we stop it when its clients are gone.
    const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings], {
      ...user,
      cwd: data,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
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

/**
 * Starts an empty PostgreSQL of our own on a free port of the loopback address, its data in a temporary folder. It ends when
 * this process does.
 */
export const startPrivatePostgres = (): Promise<PrivatePostgres> =>
  start((bin, data, user) =>
    run(
      join(bin, 'initdb'),
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
      { ...user, cwd: data },
    ),
  );

/** A streaming replica of it, with all its databases. */
export const startPrivateReplica = ({ url }: PrivatePostgres): Promise<PrivatePostgres> =>
  start((bin, data, user) =>
    run(
      join(bin, 'pg_basebackup'),
      ['-d', url, '-D', data, '--write-recovery-conf', '--checkpoint=fast', '--no-sync'],
      { ...user, cwd: data },
    ),
  );
