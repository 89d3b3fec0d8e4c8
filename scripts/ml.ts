/**
 * `npm run ml -- STEP [--day D …]`: a step of the pipeline, or all of a day with `pipeline`, on the data of the shop that
 * `npm start` runs; the service's own program tries each model. `npm run ml:evaluate [-- DATA …]`: how good the models are. `--help` tells the options.
 */
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
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

const say = (): void => {
  console.log('installing Python packages …');
};
// The report also reads data sets that are in packages.
const program = await ensurePython(IS_REPORT ? 'ml-dev' : 'ml', say);
const service = IS_REPORT ? undefined : await ensurePython('service', say);
const rehearsal = service && `"${service('python')}" -m recommendation.main.rehearse`;
// What is given comes last, so that it counts.
const args =
  rehearsal === undefined
    ? ['-m', 'shop_ml.report', ...given]
    : ['-m', 'shop_ml', ...PLACES, '--rehearsal', rehearsal, ...given];
const child = spawn(program('python'), args, {
  cwd: ROOT,
  env: { ...process.env, PYTHONPATH: [join(ROOT, 'ml'), join(ROOT, 'services')].join(delimiter) },
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
child.once('error', ({ message }) => {
  console.error(message);
  process.exitCode = 1;
});
child.once('close', (code) => (process.exitCode = code ?? 1));
