import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';

const MANIFEST = new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string };
const CACHE = new URL('../../.cache/', import.meta.url);
const FILE = new URL(`pglite-${version}.tar`, CACHE);

/** A dump of an empty data folder, made once per machine, for databases in memory. */
export const pgliteTemplate = async (): Promise<Blob> => {
  if (!existsSync(FILE)) {
    const pglite = await PGlite.create();
    const dump = await pglite.dumpDataDir('none');
    await pglite.close();
    mkdirSync(CACHE, { recursive: true });
    const aside = new URL(`${FILE.href}.${process.pid}`);
    writeFileSync(aside, Buffer.from(await dump.arrayBuffer()));
    renameSync(aside, FILE);
  }
  return new Blob([readFileSync(FILE)]);
};
