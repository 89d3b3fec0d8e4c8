/**
 * `npm run test:ml [-- --write]`: what is written in Python, from nothing but Python 3.11 and a package index: style, types,
 * tests, and the service checked against its OpenAPI file and contracts. With `--write`, it only writes the models that are generated
 * from the OpenAPI file.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makePython, type Python } from './lib/python.ts';
import { staleModels, writeModels } from './lib/python-models.ts';
import { close, runVitest, type Tally } from './lib/steps.ts';

const ROOT = new URL('../', import.meta.url);
const folder = (path: string): string => fileURLToPath(new URL(path, ROOT));

/** Folders with Python, where their packages are found, and the lock file of their environment. */
const PARTS = [
  { path: 'services/recommendation', packages: ['services'], lock: 'dev' },
  { path: 'ml', packages: ['ml', 'services'], lock: 'ml-dev' },
].filter(({ path }) => existsSync(new URL(`${path}/pyproject.toml`, ROOT)));

const checkPart = async ({ path, packages, lock }: (typeof PARTS)[number]): Promise<readonly Tally[]> => {
  const python = await makePython(lock);
  const config = `${path}/pyproject.toml`;
  const found = packages.map(folder).join(delimiter);
  const env = { PYTHONPATH: found, MYPYPATH: found };
  return [
    await python.step(`${path}: style`, 'ruff', ['check', '--config', config, path]),
    await python.step(`${path}: format`, 'ruff', ['format', '--check', '--config', config, path]),
    await python.step(
      `${path}: types`,
      'mypy',
      ['--config-file', config, '--cache-dir', '.cache/ml/mypy', path],
      env,
    ),
    await python.pytest(`${path}: tests`, [path, '--rootdir', path], env),
  ];
};

const checkModels = (python: Python): Tally => {
  const stale = staleModels(python.program('datamodel-codegen'));
  console.log(stale === undefined ? '✓ generated models' : `✗ ${stale}`);
  return stale === undefined ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

try {
  mkdirSync(new URL('.cache/ml/', ROOT), { recursive: true });
  const python = await makePython('dev');
  if (process.argv.includes('--write')) writeModels(python.program('datamodel-codegen'));
  else {
    const tallies: Tally[] = [checkModels(python)];
    for (const part of PARTS) tallies.push(...(await checkPart(part)));
    await makePython('service'); // once, not by each of the specs that start the service
    tallies.push(await runVitest(process.argv.slice(2), { name: 'service', env: { SHOP_TEST: 'ml' } }));
    close(tallies);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  close([{ passed: 0, failed: 1 }]);
}
