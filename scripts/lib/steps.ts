import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);

/** A part of a test run: what Node runs for it. */
export interface Step {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** Ends the running steps; on a signal. */
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());

/** Runs Node in the project's root; its output is shown if it fails, else only its lines `figure: …`. */
export const runStep = async ({ name, args, env }: Step): Promise<Tally> => {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: interruption.signal,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const ok = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => (output += `${error.message}\n`));
    child.on('close', (code) => resolve(code === 0));
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${ok ? '✓' : '✗'} ${name} (${seconds} s)`);
  if (!ok) console.log(output.trimEnd());
  else for (const [, figure] of output.matchAll(/^figure: (.+)$/gm)) console.log(`  ${figure}`);
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
};

/** Runs the steps one after the other. */
export const runSteps = async (steps: readonly Step[]): Promise<readonly Tally[]> => {
  const tallies: Tally[] = [];
  for (const step of steps) tallies.push(await runStep(step));
  return tallies;
};

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    /** Path of the spec. */
    readonly name: string;
    /** Milliseconds since the epoch. */
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const SLOWEST = 10;

/** The specs that took longest, with their seconds. */
const slowest = (results: VitestReport['testResults']): readonly string[] =>
  results
    .map(({ name, startTime, endTime }) => ({ name, seconds: (endTime - startTime) / 1_000 }))
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST)
    .map(
      ({ name, seconds }) => `${seconds.toFixed(1).padStart(6)} s  ${relative(fileURLToPath(ROOT), name)}`,
    );

export interface VitestOptions {
  /** Runs side by side have different ones. */
  readonly name?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the slowest specs are named. */
  readonly areTimed?: boolean;
}

/** Runs Vitest; counts the run itself and each test, and names the skipped ones. */
export const runVitest = async (
  args: readonly string[],
  { name = 'specs', env = {}, areTimed = false }: VitestOptions = {},
): Promise<Tally> => {
  const file = `.cache/${name.replaceAll(' ', '-')}.json`;
  const report = new URL(file, ROOT);
  await mkdir(new URL('.', report), { recursive: true });
  await rm(report, { force: true });
  const vitest = ['node_modules/vitest/vitest.mjs', 'run'];
  const reporters = ['--reporter=minimal', '--reporter=json', `--outputFile.json=${file}`];
  const run = await runStep({ name, args: [...vitest, ...reporters, ...args], env });

  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return run;
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(text) as VitestReport;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  for (const { status, fullName } of tests) {
    if (status !== 'passed' && status !== 'failed') console.log(`  ${status}: ${fullName}`);
  }
  if (areTimed) for (const line of slowest(testResults)) console.log(`  ${line}`);
  console.log(`  ${numPassedTests} tests passed, ${numFailedTests} failed`);
  return { passed: run.passed + numPassedTests, failed: run.failed + numFailedTests };
};

/** The closing line of a run, and its exit code. */
export const close = (tallies: readonly Tally[]): void => {
  const sum = (part: keyof Tally): number => tallies.reduce((total, tally) => total + tally[part], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
};
