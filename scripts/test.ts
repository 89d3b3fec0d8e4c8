/**
 * `npm test [-- Vitest arguments]`: everything that needs no server, and the races on a real PostgreSQL where one is
 * installed. `--coverage` adds what the tests reach, and fails below the floors, for a third more processor time. With other
 * arguments, Vitest alone on what they pick; `--timings` lists the slowest specs. `--changed`, for the daily loop: types and
 * lint, and format and specs of what differs from the branch `main`. `--checks`: what is checked without running anything, alone.
 */
import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { startPrivatePostgres } from '#test/kit/private-postgres.ts';
import { findPostgres } from './engines/postgres/binaries.ts';
import { close, runVitest, runSteps, type Step, type Tally } from './lib/steps.ts';

const TIMINGS = '--timings';
const CHANGED = '--changed';
const CHECKS_ONLY = '--checks';
const COVERAGE = '--coverage';
const MAIN = 'main';

/** Checks each file with the types of the project that it belongs to. */
const LINT: Step = { name: 'types and lint', args: ['node_modules/oxlint/bin/oxlint'] };

const format = (...files: readonly string[]): Step => ({
  name: 'format',
  args: [
    'node_modules/prettier/bin/prettier.cjs',
    ...['--check', '--log-level=warn', '--ignore-unknown'],
    ...['--cache', '--cache-location', '.cache/prettier', '--cache-strategy', 'content'],
    ...files,
  ],
});

const CHECKS: readonly Step[] = [
  LINT,
  { name: 'generated files', args: ['scripts/generate.ts', '--check'] },
  { name: 'OpenAPI rules', args: ['scripts/openapi-lint.ts'] },
  { name: 'OpenAPI compatibility', args: ['scripts/release-contracts.ts', 'openapi', '--check'] },
  { name: 'event compatibility', args: ['scripts/release-contracts.ts', 'events', '--check'] },
  { name: 'lake compatibility', args: ['scripts/release-contracts.ts', 'lake', '--check'] },
  {
    name: 'what services expect of each other',
    args: ['scripts/release-contracts.ts', 'pacts', '--check'],
  },
  format('.'),
];

/** The format of files that differ from `main`, those that git does not know yet included. */
const changedFormat = (): readonly Step[] => {
  const git = (...args: readonly string[]): readonly string[] =>
    execFileSync('git', args, { encoding: 'utf8' }).split('\0').filter(Boolean);
  const files = [
    ...git('diff', '-z', '--name-only', '--diff-filter=d', '--merge-base', MAIN),
    ...git('ls-files', '-z', '--others', '--exclude-standard'),
  ];
  return files.length > 0 ? [format(...files)] : [];
};

const RACES = globSync('{adapters,services,test}/**/*.pg.spec.ts');

/** Runs Vitest, beside a PostgreSQL of its own if any of what is picked needs one. */
const runSpecs = async (picked: readonly string[], options: readonly string[]): Promise<Tally> => {
  const run = (env: Record<string, string>): Promise<Tally> =>
    runVitest([...options, ...picked], {
      env,
      areTimed: picked.length === 0 || process.argv.includes(TIMINGS),
    });
  const races = RACES.filter((file) => picked.length === 0 || picked.some((part) => file.includes(part)));
  if (races.length === 0) return run({});
  if (findPostgres() === undefined) {
    console.log(`! PostgreSQL is not installed: ${races.length} concurrency specs were skipped`);
    console.log('  `npm run test:pg` installs PostgreSQL and runs them');
    return run({});
  }
  const postgres = await startPrivatePostgres();
  try {
    return await run({ TEST_DATABASE_URL: postgres.url });
  } finally {
    await postgres.stop();
  }
};

const args = process.argv.slice(2).filter((argument) => argument !== TIMINGS && argument !== COVERAGE);
const measured = process.argv.includes(COVERAGE) ? [COVERAGE] : [];
const tallies = async (): Promise<readonly Tally[]> => {
  if (args.includes(CHANGED)) {
    const affected = runVitest(['--changed', MAIN, '--passWithNoTests'], { areTimed: true });
    const [checked, specs] = await Promise.all([runSteps([LINT, ...changedFormat()]), affected]);
    return [...checked, specs];
  }
  if (args.includes(CHECKS_ONLY)) return runSteps(CHECKS);
  if (args.length > 0) return [await runSpecs(args, measured)];
  const [checked, specs] = await Promise.all([runSteps(CHECKS), runSpecs([], measured)]);
  return [...checked, specs];
};
close(await tallies());
