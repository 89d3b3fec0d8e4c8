import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '#test/kit/cleanup.ts';
import { keepFilesPrivate, openDataFolder } from '../main/data-folder.ts';
import { readSettings } from '../main/settings.ts';
import { openShop } from '../main/shop.ts';
import { QUICK } from '#test/kit/settings.ts';

/** Entries of `folder`, and the folder itself, that other users may access. */
const openTo = (folder: string): readonly string[] =>
  [
    folder,
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  ].filter((path) => (statSync(path).mode & 0o077) !== 0);

describe('the data folder', () => {
  let umask: number;
  let parent: string;
  let folder: string;
  beforeEach(() => {
    umask = process.umask(0o022);
    parent = temporaryFolder();
    folder = join(parent, 'data');
  });
  afterEach(() => {
    process.umask(umask);
  });

  it('is accessible to its owner only, with everything in it', () => {
    keepFilesPrivate();
    openDataFolder(folder);
    writeFileSync(join(folder, 'shop.log'), 'a line');
    mkdirSync(join(folder, 'db'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(openTo(folder)).toEqual([]);
  });

  it('is restricted if it existed before, except for the engines’ folder', () => {
    mkdirSync(join(folder, 'db', 'base'), { recursive: true });
    writeFileSync(join(folder, 'db', 'base', '1'), '');
    mkdirSync(join(folder, 'engines'));
    chmodSync(folder, 0o755);
    expect(openTo(folder)).not.toEqual([]);
    openDataFolder(folder);
    expect(openTo(folder).filter((path) => path !== folder)).toEqual([join(folder, 'engines')]);
    // Engines started by root run as their own users, and need access.
    expect(statSync(folder).mode & 0o777).toBe(process.getuid?.() === 0 ? 0o711 : 0o700);
  });

  it('is restricted while the shop runs: database, keys, log and the admin key', async () => {
    keepFilesPrivate();
    const env = { ...QUICK, DATA_DIR: folder, DEMO: 'none', SHOP_SAMPLE: 'false' };
    const shop = await openShop(readSettings(['--port', '0'], env), env);
    try {
      expect(readdirSync(folder).sort()).toEqual([
        'admin.json',
        'analytics',
        'db',
        'keys.json',
        'lake',
        'shop.log',
        'shop.pid',
      ]);
      expect(openTo(folder)).toEqual([]);
    } finally {
      await shop.stop();
    }
  });
});
