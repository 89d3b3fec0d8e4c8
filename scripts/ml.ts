/**
 * `npm run ml -- STEP [--day D …]`: a step of the pipeline, or all of a day with `pipeline`, on the data of the shop that
 * `npm start` runs. `npm run ml:evaluate [-- DATA …]`: how good the models are. `--help` tells the options.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensurePython } from '#recommendation/main/environment.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const [command = 'ml', ...given] = process.argv.slice(2);
const IS_REPORT = command === 'evaluate';

/** Where `npm start` keeps them. */
const data = process.env['DATA_DIR'] ?? '.data';
const PLACES = [
  '--lake',
  `${data}/lake`,
  '--work',
  `${data}/ml`,
  '--models',
  `${data}/recommendation/models`,
];

const args = IS_REPORT
  ? ['-m', 'shop_ml.report', ...given]
  : ['-m', 'shop_ml', ...given.slice(0, 1), ...PLACES, ...given.slice(1)];

// The report also reads data sets that are in packages.
const program = await ensurePython(IS_REPORT ? 'ml-dev' : 'ml', () => {
  console.log('installing Python packages …');
});
const child = spawn(program('python'), args, {
  cwd: ROOT,
  env: { ...process.env, PYTHONPATH: fileURLToPath(new URL('../ml/', import.meta.url)) },
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
child.once('error', ({ message }) => {
  console.error(message);
  process.exitCode = 1;
});
child.once('close', (code) => (process.exitCode = code ?? 1));
