import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { SERVICES } from '#scripts/containers/images.ts';
import { ensureProgram } from '#scripts/engines/install/debian.ts';
import { run } from '#scripts/engines/install/run.ts';
import { ENGINES } from '#scripts/engines/engines.ts';
import { repository } from '#scripts/package/repository.ts';
import { temporaryFolder } from '../kit/cleanup.ts';

const COMPOSE = join(repository().root, 'compose.yaml');
const SECRETS = { SHOP_PASSWORD: 'secret', USER_SECRETS_KEY: 'secret' };

/** The library by which docker compose reads its files. */
let loader: string;
beforeAll(async () => {
  const folder = temporaryFolder();
  loader = join(folder, 'loader');
  await cp(fileURLToPath(new URL('../../scripts/containers/compose-go', import.meta.url)), folder, {
    recursive: true,
  });
  const go = await ensureProgram('go', 'golang-go');
  await run(go, ['build', '-o', loader, '.'], { cwd: folder, env: { CGO_ENABLED: '0' } });
});

const load = async (profile: string, file = COMPOSE, env: Readonly<Record<string, string>> = SECRETS) =>
  (await run(loader, [profile, file], { env })).trim().split('\n').sort();

const changed = async (change: (text: string) => string): Promise<string> => {
  const file = join(temporaryFolder(), 'compose.yaml');
  await writeFile(file, change(await readFile(COMPOSE, 'utf8')));
  return file;
};

describe('docker compose', () => {
  const engines = ENGINES.map(({ name }) => name).filter((name) => !['keycloak', 's3'].includes(name));

  it('starts the engines', async () => {
    expect(await load('')).toEqual(engines.sort());
  });

  it('starts the whole shop', async () => {
    expect(await load('all')).toEqual([...engines, 'keys', ...SERVICES].sort());
  });

  it('starts nothing without a password', async () => {
    await expect(load('', COMPOSE, { SHOP_PASSWORD: '' })).rejects.toThrow('choose a password');
  });

  it('refuses a key that is mistyped', async () => {
    const file = await changed((text) => text.replace('read_only: true', 'readonly: true'));
    await expect(load('all', file)).rejects.toThrow('readonly');
  });

  it('refuses to wait for what is not there', async () => {
    const file = await changed((text) => text.replace('redis: *ready', 'rediss: *ready'));
    await expect(load('all', file)).rejects.toThrow('rediss');
  });
});
