/**
 * `npm run faces [-- NAME]`: builds the pages of the shop (`faces/NAME`) into `.cache/faces/NAME`, if their sources have changed since
 * the last build. `npm start` does so as well.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compressAssets, overBudget } from './lib/face-files.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** What a build depends on, besides the face's own folder. */
const SHARED = [
  'package-lock.json',
  'clients/typescript/src/**/*.ts',
  'contracts/pages/*.ts',
  'scripts/faces.ts',
  'scripts/lib/face-*.ts',
];

const FACES = globSync('faces/*/vite.config.ts', { cwd: ROOT }).map((file) => file.split(/[/\\]/)[1] ?? '');

/** A hash of all that a build reads. */
const stampOf = (name: string): string => {
  const files = globSync([`faces/${name}/**/*`, ...SHARED], { cwd: ROOT, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
};

const build = async (name: string): Promise<void> => {
  process.env['NODE_ENV'] = 'production'; // whatever that of a test is: React would be another one
  const stampFile = join(ROOT, '.cache/faces', name, 'stamp');
  const stamp = stampOf(name);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const startedAt = performance.now();
  const folder = join(ROOT, 'faces', name);
  const { createBuilder } = await import('vite'); // half a second, for those who need it
  const builder = await createBuilder({
    root: folder,
    configFile: join(folder, 'vite.config.ts'),
    logLevel: 'warn',
  });
  await builder.buildApp();
  const output = join(ROOT, '.cache/faces', name);
  const excesses = overBudget(name, output);
  if (excesses.length > 0) throw new Error(`${name} is too large (gzip):\n  ${excesses.join('\n  ')}`);
  compressAssets(output);
  writeFileSync(stampFile, stamp);
  console.log(`${name} built in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
};

const [, , only] = process.argv;
for (const name of FACES.filter((one) => only === undefined || one === only)) await build(name);
