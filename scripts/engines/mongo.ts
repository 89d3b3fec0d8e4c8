import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Engine } from './engine.ts';
import { ensureGoProgram } from './install/go.ts';
import { postgresFor } from './postgres.ts';
import { ask, HOST } from './probe.ts';

const VERSION = 'v1.24.0';
const folderOf = (software: string): string => join(software, `ferretdb-${VERSION}`);

const ROLE = 'ferretdb';
const Backing = z.object({ services: z.object({ [ROLE]: z.string() }) });

/** MongoDB's wire protocol by FerretDB on a PostgreSQL of its own: MongoDB itself is in no registry. */
export const mongo: Engine = {
  name: 'mongo',
  port: 17017,
  ports: 1,
  backing: postgresFor([ROLE]),
  install: (software) =>
    ensureGoProgram(folderOf(software), {
      module: 'github.com/FerretDB/FerretDB',
      version: VERSION,
      path: './cmd/ferretdb',
      tags: ['ferretdb_no_sqlite'], // two thirds of the build
      files: { 'build/version/version.txt': `${VERSION}\n` }, // it panics without
    }),
  prepare: async ({ software, folder, port, backing }) => {
    const state = join(folder, 'state');
    await mkdir(state, { recursive: true, mode: 0o700 });
    return {
      program: join(folderOf(software), 'program'),
      args: [
        `--listen-addr=${HOST}:${port}`,
        '--debug-addr=-',
        '--telemetry=disable',
        '--log-level=error',
        '--test-enable-nested-pushdown', // PostgreSQL also compares nested fields
        `--state-dir=${state}`,
      ],
      // Not an argument: it holds a password.
      env: { FERRETDB_POSTGRESQL_URL: Backing.parse(backing).services[ROLE] },
    };
  },
  isReady: async ({ port }) => {
    await ask(port);
    return true;
  },
  // One connection: FerretDB reads and then writes, so of two replacements at once both may pass the same guard.
  addresses: ({ port }) => ({ url: `mongodb://${HOST}:${port}/?maxPoolSize=1` }),
};
