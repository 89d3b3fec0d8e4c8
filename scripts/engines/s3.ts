import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { secretOf, type Engine } from './engine.ts';
import { ensureGoProgram } from './install/go.ts';
import { HOST, isServed } from './probe.ts';

const VERSION = 'v1.8.0';
const REGION = 'us-east-1';
const ACCESS_KEY = 'shop';
const folderOf = (software: string): string => join(software, `versitygw-${VERSION}`);

/** S3 by the Versity gateway, objects as files. */
export const s3: Engine = {
  name: 's3',
  port: 19001,
  ports: 1,
  secretNames: ['secret-key'],
  install: (software) =>
    ensureGoProgram(folderOf(software), {
      module: 'github.com/versity/versitygw',
      version: VERSION,
      path: './cmd/versitygw',
    }),
  prepare: async (site) => {
    const [objects, metadata, accounts] = ['objects', 'metadata', 'accounts'].map((name) =>
      join(site.folder, 'data', name),
    ) as [string, string, string];
    for (const folder of [objects, metadata, accounts]) await mkdir(folder, { recursive: true, mode: 0o700 });
    const server = [
      '--port',
      `${HOST}:${site.port}`,
      '--region',
      REGION,
      '--iam-dir',
      accounts,
      '--health',
      '/healthz',
    ];
    return {
      program: join(folderOf(site.software), 'program'),
      args: [...server, 'posix', '--sidecar', metadata, objects],
      env: { ROOT_ACCESS_KEY: ACCESS_KEY, ROOT_SECRET_KEY: secretOf(site, 'secret-key') },
    };
  },
  isReady: ({ port }) => isServed(`http://${HOST}:${port}/healthz`),
  addresses: (site) => ({
    url: `http://${HOST}:${site.port}`,
    region: REGION,
    accessKey: ACCESS_KEY,
    secretKey: secretOf(site, 'secret-key'),
  }),
};
