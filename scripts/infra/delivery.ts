import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePython } from '#recommendation/main/environment.ts';
import { ensureProgram } from '../engines/install/debian.ts';
import { ensureGoProgram } from '../engines/install/go.ts';
import { run } from '../engines/install/run.ts';
import type { Tally } from '../lib/steps.ts';
import { check, failureOf, mustReport } from './check.ts';
import { CACHE } from './tools.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CANARIES = 'test/delivery/canaries';
const ACTIONLINT = { module: 'github.com/rhysd/actionlint', version: 'v1.7.12', path: './cmd/actionlint' };

const ZIZMOR = [
  '--offline',
  '--no-progress',
  '--color=never',
  '--format=github',
  '--config=.github/zizmor.yml',
];

/** Of the workflow that is wrong. */
const REPORTS = {
  actionlint: ['needs job "nothing" which does not exist', 'SC2086'],
  zizmor: [
    'dangerous-triggers',
    'excessive-permissions',
    'artipacked',
    'template-injection',
    'unpinned-uses',
  ],
};

const filesIn = (pattern: string): readonly string[] => globSync(pattern, { cwd: ROOT }).toSorted();

/** Workflows by actionlint and zizmor, the scripts that they run by shellcheck, Dockerfiles by hadolint. */
export const checkDelivery = async (): Promise<readonly Tally[]> => {
  const folder = join(CACHE, `actionlint-${ACTIONLINT.version}`);
  await ensureGoProgram(folder, ACTIONLINT);
  const shellcheck = await ensureProgram('shellcheck', 'shellcheck');
  const python = await ensurePython('infra');
  const lint = {
    actionlint: (...files: readonly string[]) =>
      run(join(folder, 'program'), ['-no-color', '-shellcheck', shellcheck, '-pyflakes=', ...files], {
        cwd: ROOT,
      }),
    shellcheck: (...files: readonly string[]) => run(shellcheck, [...files], { cwd: ROOT }),
    zizmor: (...files: readonly string[]) => run(python('zizmor'), [...ZIZMOR, ...files], { cwd: ROOT }),
    hadolint: (...files: readonly string[]) =>
      run(python('hadolint'), ['--no-color', ...files], { cwd: ROOT }),
  };
  const workflows = filesIn('.github/workflows/*.yaml');
  const dockerfiles = filesIn('{Dockerfile,services/*/Dockerfile}');

  return [
    await check('workflows: actionlint', async () => {
      await lint.actionlint(...workflows);
      return workflows.length;
    }),
    await check('workflows: zizmor', async () => {
      await lint.zizmor(...workflows);
      return workflows.length;
    }),
    await check('scripts of the workflows: shellcheck', () =>
      lint.shellcheck(...filesIn('scripts/delivery/*.sh')),
    ),
    await check('Dockerfiles: hadolint', async () => {
      await lint.hadolint(...dockerfiles);
      return dockerfiles.length;
    }),
    await check('canary: actionlint and zizmor notice a workflow that is wrong', async () => {
      for (const name of ['actionlint', 'zizmor'] as const)
        mustReport(await failureOf(() => lint[name](`${CANARIES}/workflows/canary.yaml`)), ...REPORTS[name]);
    }),
    await check('canary: hadolint notices an image without a version', async () => {
      mustReport(await failureOf(() => lint.hadolint(`${CANARIES}/Dockerfile`)), 'DL3006');
    }),
  ];
};
