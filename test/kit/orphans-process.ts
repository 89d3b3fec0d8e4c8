/** Starts a server, prints its port, and waits to be killed; see keeper.spec.ts. */
import type { Engine } from '#scripts/engines/engine.ts';
import { ask } from '#scripts/engines/probe.ts';
import { startPrivateEngine } from './private-engine.ts';

const SERVER = `require('node:net').createServer(s => s.on('error', () => {}).end('hello')).listen(Number(process.argv[1]), '127.0.0.1')`;

const isElsewhere = process.argv[2] === 'elsewhere';

const toy: Engine = {
  name: 'toy',
  port: 1,
  ports: 1,
  install: () => Promise.resolve(),
  prepare: ({ folder, port }) =>
    Promise.resolve({
      program: process.execPath,
      args: ['-e', SERVER, String(port), ...(isElsewhere ? [`${folder}/data`] : [])],
      ...(isElsewhere ? { cwd: '/' } : {}),
    }),
  isReady: async ({ port }) => (await ask(port)).length === 0,
  addresses: ({ port }) => ({ port }),
};

const { addresses } = await startPrivateEngine(toy);
process.stdout.write(`listening ${String(addresses['port'])}\n`);
setInterval(() => undefined, 60_000);
