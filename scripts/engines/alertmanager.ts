import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from './engine.ts';
import { ensureProgram } from './install/debian.ts';
import { HOST, isServed } from './probe.ts';

/** The routes of production. Notifications fail: the credentials that they name are not on this machine. */
const CONFIG = fileURLToPath(new URL('../../deploy/observability/alertmanager.yaml', import.meta.url));

const install = (): Promise<string> => ensureProgram('prometheus-alertmanager', 'prometheus-alertmanager');

export const alertmanager: Engine = {
  name: 'alertmanager',
  port: 19094,
  ports: 1,
  install: async () => {
    await install();
  },
  prepare: async ({ folder, port }) => ({
    program: await install(),
    args: [
      `--config.file=${CONFIG}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${HOST}:${port}`,
      '--cluster.listen-address=', // it is alone
      '--log.level=error',
    ],
  }),
  isReady: ({ port }) => isServed(`http://${HOST}:${port}/-/ready`),
  addresses: ({ port }) => ({ url: `http://${HOST}:${port}` }),
};
