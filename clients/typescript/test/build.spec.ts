import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
const TSC = 'node_modules/typescript/bin/tsc';
const DONE = { status: 0, output: '' };

const run = (...args: readonly string[]): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  return { status, output: stdout + stderr };
};

/** Code of a user of the package; it does not compile if the types are lost. */
const CONSUMER = `
import { createShopClient, dataOf } from './index.js';
const shop = createShopClient({ baseUrl: 'http://shop.test' });
export const names = async (): Promise<readonly string[]> =>
  (await dataOf(shop.GET('/api/v1/categories'))).items.map(({ name }) => name);
// @ts-expect-error there is no such path
void shop.GET('/api/v1/nothing');
`;

describe('the built package', () => {
  let out: string;
  beforeAll(() => {
    const cache = new URL('.cache/', ROOT).pathname;
    mkdirSync(cache, { recursive: true });
    out = mkdtempSync(`${cache}client-`);
    expect(run(TSC, '-p', 'clients/typescript/tsconfig.build.json', '--outDir', out)).toEqual(DONE);
  });
  afterAll(() => {
    rmSync(out, { recursive: true });
  });

  it('is plain JavaScript', () => {
    const program = `import { createShopClient } from '${out}/index.js';
      console.log(typeof createShopClient({ baseUrl: 'http://shop.test' }).watchOrder);`;
    const answer = run('--no-experimental-strip-types', '--input-type=module', '-e', program);
    expect(answer).toEqual({ status: 0, output: 'function\n' });
  });

  it('has types', () => {
    writeFileSync(`${out}/consumer.ts`, CONSUMER);
    const options = [
      '--noEmit',
      '--skipLibCheck',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      'node',
    ];
    expect(run(TSC, ...options, `${out}/consumer.ts`)).toEqual(DONE);
  });
});
