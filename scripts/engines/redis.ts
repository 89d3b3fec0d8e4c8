import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from './engine.ts';
import { ensureProgram } from './install/debian.ts';
import { ask, HOST } from './probe.ts';
import { giveTo, packageUser } from './users.ts';

const install = (): Promise<string> => ensureProgram('redis-server', 'redis-server');

export const redis: Engine = {
  name: 'redis',
  port: 16379,
  ports: 1,
  install: async () => {
    await install();
  },
  prepare: async ({ folder, port }) => {
    const data = join(folder, 'data');
    const user = await packageUser('redis');
    await mkdir(data, { recursive: true, mode: 0o700 });
    await giveTo(user, data);
    const settings = {
      bind: HOST,
      port,
      dir: data,
      appendonly: 'yes',
      'maxmemory-policy': 'noeviction',
      daemonize: 'no',
    };
    return {
      program: await install(),
      args: Object.entries(settings).flatMap(([key, value]) => [`--${key}`, String(value)]),
      ...user,
    };
  },
  isReady: async ({ port }) => (await ask(port, 'PING\r\n')).toString() === '+PONG\r\n', // not while it loads
  addresses: ({ port }) => ({ url: `redis://${HOST}:${port}` }),
};
