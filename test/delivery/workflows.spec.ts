import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename, matchesGlob } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { filtersIn, jobTroubles, readWorkflow, scriptsIn, unpinnedIn } from './workflows.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string): string => readFileSync(`${ROOT}/${file}`, 'utf8');

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));
const files = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');

/** A folder stands for all that is in it. */
const matches = (filter: string): boolean =>
  files.some((file) => matchesGlob(file, filter) || file.startsWith(`${filter}/`));

const WORKFLOWS = globSync('.github/workflows/*.yaml', { cwd: ROOT }).toSorted();

describe.each(WORKFLOWS)('%s', (file) => {
  const text = read(file);
  const workflow = readWorkflow(text);

  it('runs npm scripts that exist', () => {
    expect(scriptsIn(text).filter((name) => !(name in scripts))).toEqual([]);
  });

  it('is decided by paths that exist', () => {
    expect(filtersIn(workflow).filter((filter) => !matches(filter))).toEqual([]);
  });

  it('names actions by their commits', () => {
    expect(unpinnedIn(text)).toEqual([]);
  });

  it('gives each job its own permissions and an end', () => {
    expect(jobTroubles(workflow)).toEqual([]);
  });
});

describe('Workflows', () => {
  const all = WORKFLOWS.map((file) => ({ name: basename(file), ...readWorkflow(read(file)) }));

  it('run for pull requests, for main and for releases, and are shared', () => {
    expect(all.map(({ name, on }) => `${name}: ${Object.keys(on).join()}`)).toEqual([
      'contracts.yaml: workflow_call',
      'main.yaml: push',
      'pull-request.yaml: pull_request',
      'release.yaml: workflow_dispatch',
      'tests.yaml: workflow_call',
    ]);
  });

  it('run every suite', () => {
    const suites = Object.keys(scripts).filter(
      (name) => /^(test|fuzz)/.test(name) && name !== 'test:cluster',
    );
    const run = WORKFLOWS.flatMap((file) => scriptsIn(read(file)));
    expect(suites.filter((suite) => !run.includes(suite))).toEqual([]);
  });

  it('use the environments that roles on AWS ask for', () => {
    const asked = [...read('terraform/modules/github/main.tf').matchAll(/:environment:(\w+)/g)].map(
      ([, name]) => name,
    );
    const used = all.flatMap(({ jobs }) =>
      Object.values(jobs).flatMap(({ environment }) => environment ?? []),
    );
    expect([...new Set(used)].toSorted()).toEqual(asked.toSorted());
  });

  it('write only where something is written', () => {
    const writers = all.flatMap(({ name, jobs }) =>
      Object.entries(jobs).flatMap(([job, { permissions = {} }]) =>
        Object.entries(permissions)
          .filter(([, level]) => level === 'write')
          .map(([what]) => `${name}: ${job} ${what}`),
      ),
    );
    expect(writers.toSorted()).toEqual([
      'main.yaml: images id-token',
      'main.yaml: staging contents',
      'pull-request.yaml: plan id-token',
      'pull-request.yaml: plan pull-requests',
      'release.yaml: promotion contents',
      'release.yaml: promotion pull-requests',
      'release.yaml: signatures id-token',
    ]);
  });
});

describe('A workflow that is wrong', () => {
  const WRONG = `
on: { push: { paths: [helmet/**] } }
permissions: { contents: write }
jobs:
  canary:
    steps:
      - uses: actions/checkout@v7
      - run: npm run lnt
      - id: paths
        env: { BASE: '\${{ github.sha }}', parts: docs terafrom }
`;
  const workflow = readWorkflow(WRONG);

  it('is noticed by each of these checks', () => {
    expect(scriptsIn(WRONG)).toEqual(['lnt']);
    expect('lnt' in scripts).toBe(false);
    expect(filtersIn(workflow).filter((filter) => !matches(filter))).toEqual(['helmet/**', 'terafrom']);
    expect(unpinnedIn(WRONG)).toEqual(['actions/checkout@v7']);
    expect(jobTroubles(workflow)).toEqual([
      'gives all jobs permissions',
      'canary has no permissions of its own',
      'canary may run for hours',
    ]);
  });
});
