/**
 * `npm run test:ml [-- --write]`: what is written in Python, from nothing but Python 3.11 and a package index: style, types,
 * tests, and the service checked against its OpenAPI file and contracts. With `--write`, it only writes the models that are generated
 * from the OpenAPI file.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makePython, type Python } from './lib/python.ts';
import { staleModels, writeModels } from './lib/python-models.ts';
import { close, runVitest, type Tally } from './lib/steps.ts';

const ROOT = new URL('../', import.meta.url);
const folder = (path: string): string => fileURLToPath(new URL(path, ROOT));

/** Folders with Python that is checked, with where their package is found. */
const PARTS = [
  { name: 'recommendation', path: 'services/recommendation', packages: 'services' },
  { name: 'ml', path: 'ml/shop_ml', packages: 'ml' },
].filter(({ path }) => existsSync(new URL(path, ROOT)));

const checkPart = async (
  python: Python,
  { name, path, packages }: (typeof PARTS)[number],
): Promise<readonly Tally[]> => {
  const config = `${path}/pyproject.toml`;
  const env = { PYTHONPATH: folder(packages), MYPYPATH: folder(packages) };
  return [
    await python.step(`${name}: style`, 'ruff', ['check', '--config', config, path]),
    await python.step(`${name}: format`, 'ruff', ['format', '--check', '--config', config, path]),
    await python.step(
      `${name}: types`,
      'mypy',
      ['--config-file', config, '--cache-dir', '.cache/ml/mypy', path],
      env,
    ),
    await python.pytest(`${name}: tests`, [path, '--rootdir', path], env),
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
    for (const part of PARTS) tallies.push(...(await checkPart(python, part)));
    tallies.push(await runVitest(process.argv.slice(2), { name: 'service', env: { SHOP_TEST: 'ml' } }));
    close(tallies);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  close([{ passed: 0, failed: 1 }]);
}
