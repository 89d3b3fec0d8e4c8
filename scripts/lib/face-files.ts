import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { excessesOf, loadsOf, type Budget, type Manifest } from './face-budget.ts';

const LEAST_BYTES = 1_024;

/** Stores each asset compressed as well, if that makes it smaller: servers need not do it for each response. */
export const compressAssets = (folder: string): void => {
  for (const name of globSync('assets/*.{js,css,svg}', { cwd: folder })) {
    const file = join(folder, name);
    const bytes = readFileSync(file);
    if (bytes.length < LEAST_BYTES) continue;
    const compressed = {
      br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
      gz: gzipSync(bytes, { level: 9 }),
    };
    for (const [ending, smaller] of Object.entries(compressed))
      if (smaller.length < bytes.length) writeFileSync(`${file}.${ending}`, smaller);
  }
};

const KB = 1_000;

/** Faces that load scripts by page. */
const BUDGETS: Readonly<Record<string, Budget>> = {
  admin: { always: ['routes/shell/shell.tsx'], script: 200 * KB, style: 40 * KB, route: 60 * KB },
};

/** What a face makes browsers load beyond its budget, as sentences. */
export const overBudget = (name: string, folder: string): readonly string[] => {
  const budget = BUDGETS[name];
  if (!budget) return [];
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest;
  const sizeOf = (file: string): number => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length;
  return excessesOf(loadsOf(manifest, budget.always, sizeOf), budget);
};
