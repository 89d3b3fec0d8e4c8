import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

const MANIFEST = new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { readonly version: string };
const CACHE = fileURLToPath(new URL('../../.cache', import.meta.url));
const TEMPLATE = `${CACHE}/pglite-${version}`;

/** In a worker, whose memory and compiled code are gone afterwards. */
const initialise = async (folder: string): Promise<void> => {
  const worker = new Worker(new URL('initialise-pglite.ts', import.meta.url), { workerData: folder });
  const [code]: unknown[] = await once(worker, 'exit');
  if (code !== 0) throw new Error(`PGlite's data folder could not be initialised: exit code ${String(code)}`);
};

const make = async (): Promise<void> => {
  if (existsSync(TEMPLATE)) return;
  mkdirSync(CACHE, { recursive: true });
  const aside = `${TEMPLATE}.${process.pid}`;
  await initialise(aside);
  try {
    renameSync(aside, TEMPLATE);
  } catch (error) {
    rmSync(aside, { recursive: true });
    if (!existsSync(TEMPLATE)) throw error; // unless another process was quicker
  }
};

let made: Promise<void> | undefined;

/** Makes an empty PGlite data folder, once per machine and version: initialising one takes seconds, copying it a fraction. */
export const preparePglite = (): Promise<void> => (made ??= make());

/** Puts an empty PGlite data folder at `folder`; it is initialised there if the prepared one cannot be kept. */
export const copyPgliteTemplate = async (folder: string): Promise<void> => {
  await preparePglite().catch(() => undefined);
  if (existsSync(TEMPLATE)) cpSync(TEMPLATE, folder, { recursive: true });
  else await initialise(folder);
};
