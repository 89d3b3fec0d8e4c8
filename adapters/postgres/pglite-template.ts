import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

const MANIFEST = new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { readonly version: string };
const CACHE = fileURLToPath(new URL('../../.cache', import.meta.url));

const EMPTY = `pglite-${version}`;
const fileOf = (name: string): string => (name === '' ? EMPTY : `${EMPTY}-${name}`);
const pathOf = (name: string): string => join(CACHE, fileOf(name));

/** In a worker, whose memory and compiled code are gone afterwards. */
const initialise = async (folder: string): Promise<void> => {
  const worker = new Worker(new URL('initialise-pglite.ts', import.meta.url), { workerData: folder });
  const code = await new Promise<number>((resolve, reject) => {
    worker.once('exit', resolve).once('error', reject);
  });
  if (code !== 0) throw new Error(`PGlite's data folder could not be initialised: exit code ${code}`);
};

/** Keeps a data folder for `copyPgliteTemplate`, once per version of PGlite, instead of earlier ones. */
export const keepPgliteTemplate = async (
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> => {
  const kept = pathOf(name);
  if (existsSync(kept)) return;
  mkdirSync(CACHE, { recursive: true });
  const aside = join(CACHE, `new-${process.pid}-${fileOf(name)}`);
  try {
    await fill(aside);
    renameSync(aside, kept);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(kept)) throw error; // unless another process was quicker
  }
  const isOutdated = (file: string): boolean =>
    file.startsWith('pglite-') && !file.endsWith('.tar') && ![EMPTY, fileOf(name)].includes(file);
  if (name === '') return;
  for (const file of readdirSync(CACHE).filter(isOutdated)) rmSync(join(CACHE, file), { recursive: true });
};

let empty: Promise<void> | undefined;

/** Keeps an empty data folder: initialising one takes seconds, copying it a fraction. */
export const preparePglite = (): Promise<void> => (empty ??= keepPgliteTemplate('', initialise));

/**
 * Puts a PGlite data folder at `folder`: the template of that name, or else an empty one, which is initialised there if none can be kept.
 */
export const copyPgliteTemplate = async (folder: string, name = ''): Promise<void> => {
  if (!existsSync(pathOf(name))) await preparePglite().catch(() => undefined);
  const kept = [name, ''].map(pathOf).find((path) => existsSync(path));
  if (kept === undefined) await initialise(folder);
  else cpSync(kept, folder, { recursive: true });
};
