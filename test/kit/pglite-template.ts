import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';

const MANIFEST = new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string };
const CACHE = new URL('../../.cache/', import.meta.url);
const FILE = new URL(`pglite-${version}.tar`, CACHE);
const FOLDER = new URL(`pglite-${version}`, CACHE);

/** Makes `target` aside and renames it, unless it is there. */
const once = async (target: URL, make: (aside: URL) => Promise<void>): Promise<void> => {
  if (existsSync(target)) return;
  mkdirSync(CACHE, { recursive: true });
  const aside = new URL(`${target.href}.${process.pid}`);
  await make(aside);
  try {
    renameSync(aside, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    rmSync(aside, { recursive: true }); // another process was quicker with the folder
  }
};

/** An empty data folder, made once per machine: initialising one takes seconds, loading it a fraction. */
export const pgliteTemplate = async (): Promise<Blob> => {
  await once(FILE, async (aside) => {
    const pglite = await PGlite.create();
    const dump = await pglite.dumpDataDir('none');
    await pglite.close();
    writeFileSync(aside, Buffer.from(await dump.arrayBuffer()));
  });
  return new Blob([readFileSync(FILE)]);
};

/** The same, put at `folder` for a shop that is to find its database there. */
export const copyPgliteTemplate = async (folder: string): Promise<void> => {
  await once(FOLDER, async (aside) => {
    const dataDir = fileURLToPath(aside);
    await (await PGlite.create({ dataDir, loadDataDir: await pgliteTemplate() })).close();
  });
  cpSync(FOLDER, folder, { recursive: true });
};
