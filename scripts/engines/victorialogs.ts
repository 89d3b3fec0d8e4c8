import { join } from 'node:path';
import type { Engine } from './engine.ts';
import { ensureGoProgram } from './install/go.ts';
import { HOST, isServed } from './probe.ts';

const VERSION = 'v1.52.1';
const folderOf = (software: string): string => join(software, `victorialogs-${VERSION}`);

/** VictoriaLogs in place of Loki, of which no registry has a build: it takes Loki's push, and has a query language of its own. */
export const victorialogs: Engine = {
  name: 'victorialogs',
  port: 19428,
  ports: 1,
  install: (software) =>
    ensureGoProgram(folderOf(software), {
      module: 'github.com/VictoriaMetrics/VictoriaLogs',
      version: VERSION,
      path: './app/victoria-logs',
    }),
  prepare: ({ software, folder, port }) =>
    Promise.resolve({
      program: join(folderOf(software), 'program'),
      args: [
        `-httpListenAddr=${HOST}:${port}`,
        `-storageDataPath=${join(folder, 'data')}`,
        '-retentionPeriod=15d',
        '-loggerLevel=WARN',
      ],
    }),
  isReady: ({ port }) => isServed(`http://${HOST}:${port}/health`),
  addresses: ({ port }) => ({
    url: `http://${HOST}:${port}`,
    push: `http://${HOST}:${port}/insert/loki/api/v1/push?_msg_field=msg,path`,
  }),
};
