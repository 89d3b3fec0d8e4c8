/** `npm test [-- jest arguments]`: everything that needs no server. With arguments, jest alone on what they pick. */
import { close, runJest, runStep, type Step, type Tally } from './lib/steps.ts';

const CORES = 2;

const CHECKS: readonly Step[] = [
  {
    name: 'lint',
    args: ['node_modules/eslint/bin/eslint.js', '--cache', '--cache-location', '.cache/eslint/', '.'],
  },
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '--pretty', 'false'] },
  { name: 'generated files', args: ['scripts/generate.ts', '--check'] },
  { name: 'OpenAPI rules', args: ['scripts/openapi-lint.ts'] },
  { name: 'OpenAPI compatibility', args: ['scripts/release-contracts.ts', 'openapi', '--check'] },
  { name: 'event compatibility', args: ['scripts/release-contracts.ts', 'events', '--check'] },
  { name: 'what services expect of each other', args: ['scripts/release-contracts.ts', 'pacts', '--check'] },
  { name: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
];

/** Runs the steps in order, `CORES` at a time. */
const runAll = async (steps: readonly Step[]): Promise<readonly Tally[]> => {
  const queue = [...steps];
  const tallies: Tally[] = [];
  const worker = async (): Promise<void> => {
    for (let step = queue.shift(); step; step = queue.shift()) tallies.push(await runStep(step));
  };
  await Promise.all(Array.from({ length: CORES }, worker));
  return tallies;
};

const picked = process.argv.slice(2);
if (picked.length > 0) close([await runJest(picked)]);
else close([...(await runAll(CHECKS)), await runJest(['--coverage'])]);
