import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { secretOf, type Engine } from './engine.ts';
import { ensureGoProgram } from './install/go.ts';
import { HOST, isServed } from './probe.ts';

const VERSION = 'v1.8.0';
const folderOf = (software: string): string => join(software, `versitygw-${VERSION}`);

const [USER, PASSWORD, REGION] = ['shop', 'root', 'us-east-1'];

/** S3 by Versity's gateway on a folder. */
export const s3: Engine = {
  name: 's3',
  port: 19001,
  ports: 1,
  secretNames: [PASSWORD],
  install: (software) =>
    ensureGoProgram(folderOf(software), {
      module: 'github.com/versity/versitygw',
      version: VERSION,
      path: './cmd/versitygw',
    }),
  prepare: async (site) => {
    const { software, folder, port } = site;
    const [data, meta, users] = ['data', 'meta', 'users'].map((name) => join(folder, name));
    for (const one of [data, meta, users]) await mkdir(one ?? '', { recursive: true, mode: 0o700 });
    return {
      program: join(folderOf(software), 'program'),
      args: [
        `--port=${HOST}:${port}`,
        `--region=${REGION}`,
        `--iam-dir=${users ?? ''}`,
        '--health=/healthz',
        'posix',
        `--sidecar=${meta ?? ''}`, // not every file system has extended attributes
        data ?? '',
      ],
      env: { ROOT_ACCESS_KEY: USER, ROOT_SECRET_KEY: secretOf(site, PASSWORD) },
    };
  },
  isReady: ({ port }) => isServed(`http://${HOST}:${port}/healthz`),
  addresses: (site) => ({
    url: `http://${HOST}:${site.port}`,
    region: REGION,
    user: USER,
    password: secretOf(site, PASSWORD),
  }),
};
