import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';

const MANIFEST = new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string };
const FOLDER = new URL('../../.cache/', import.meta.url);
const FILE = new URL(`pglite-${version}.tar`, FOLDER);

/** An empty data folder, made once per machine: initialising one takes seconds, loading it a fraction. */
export const pgliteTemplate = async (): Promise<Blob> => {
  if (!existsSync(FILE)) {
    const pglite = await PGlite.create();
    const dump = await pglite.dumpDataDir('none');
    await pglite.close();
    mkdirSync(FOLDER, { recursive: true });
    const aside = new URL(`${FILE.href}.${process.pid}`);
    writeFileSync(aside, Buffer.from(await dump.arrayBuffer()));
    renameSync(aside, FILE);
  }
  return new Blob([readFileSync(FILE)]);
};
