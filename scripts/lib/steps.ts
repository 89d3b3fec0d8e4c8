import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';

const ROOT = new URL('../../', import.meta.url);
const JEST_REPORT = '.cache/jest-report.json';

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

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs jest; counts the run itself and each test. Skipped tests are named. */
export const runJest = async (args: readonly string[], env: Record<string, string> = {}): Promise<Tally> => {
  const report = new URL(JEST_REPORT, ROOT);
  await mkdir(new URL('.', report), { recursive: true });
  await rm(report, { force: true });
  const node = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules'];
  const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${JEST_REPORT}`];
  const run = await runStep({ name: 'jest', args: [...node, ...jest, ...args], env });

  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return run;
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(text) as JestReport;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  for (const { status, fullName } of tests) {
    if (status === 'pending' || status === 'todo') console.log(`  skipped: ${fullName}`);
  }
  console.log(`  ${numPassedTests} tests passed, ${numFailedTests} failed`);
  return { passed: run.passed + numPassedTests, failed: run.failed + numFailedTests };
};

/** The closing line of a run, and its exit code. */
export const close = (tallies: readonly Tally[]): void => {
  const sum = (part: keyof Tally): number => tallies.reduce((total, tally) => total + tally[part], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
};
