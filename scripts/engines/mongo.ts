import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from './engine.ts';
import { ensureGoProgram } from './install/go.ts';
import { ask, HOST } from './probe.ts';

const VERSION = 'v1.24.0';
const folderOf = (software: string): string => join(software, `ferretdb-${VERSION}`);

/** MongoDB's wire protocol by FerretDB on SQLite: MongoDB itself is in no registry. */
export const mongo: Engine = {
  name: 'mongo',
  port: 17017,
  ports: 1,
  install: (software) =>
    ensureGoProgram(folderOf(software), {
      module: 'github.com/FerretDB/FerretDB',
      version: VERSION,
      path: './cmd/ferretdb',
      files: { 'build/version/version.txt': `${VERSION}\n` }, // it panics without
    }),
  prepare: async ({ software, folder, port }) => {
    const data = join(folder, 'data');
    await mkdir(data, { recursive: true, mode: 0o700 });
    return {
      program: join(folderOf(software), 'program'),
      args: [
        `--listen-addr=${HOST}:${port}`,
        '--debug-addr=-',
        '--telemetry=disable',
        '--log-level=warn',
        '--handler=sqlite',
        `--sqlite-url=file:${data}/`,
        `--state-dir=${data}`,
      ],
    };
  },
  isReady: async ({ port }) => {
    await ask(port);
    return true;
  },
  // One connection: FerretDB reads and then writes, so of two replacements at once both may pass the same guard.
  addresses: ({ port }) => ({ url: `mongodb://${HOST}:${port}/?maxPoolSize=1` }),
};
