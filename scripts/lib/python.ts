import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ensurePython } from '#recommendation/main/environment.ts';
import type { Tally } from './steps.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Python {
  /** The path of a program of the environment. */
  program(name: string): string;
  /** Runs a program in the project's root; its output is shown if it fails. */
  step(name: string, program: string, args: readonly string[], env?: Env): Promise<Tally>;
  /** Runs pytest; counts the run itself and each test, and names the skipped ones. */
  pytest(name: string, args: readonly string[], env?: Env): Promise<Tally>;
}

type Env = Readonly<Record<string, string>>;

const run = async (
  command: string,
  args: readonly string[],
  env: Env = {},
): Promise<{ readonly isOk: boolean; readonly output: string }> => {
  const child = spawn(command, [...args], {
    cwd: ROOT,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = (): void => void child.kill('SIGTERM');
  process.once('SIGINT', end).once('SIGTERM', end);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<unknown>((resolve) => child.once('close', resolve).once('error', resolve));
  process.off('SIGINT', end).off('SIGTERM', end);
  return { isOk: code === 0, output };
};

const countIn = (output: string, what: string): number =>
  Number(new RegExp(`(\\d+) ${what}`).exec(output)?.[1] ?? 0);

/** The environment of `ml/requirements/<name>.lock`, made if it is not there; throws with what is missing. */
export const makePython = async (name: string): Promise<Python> => {
  const started = performance.now();
  const program = await ensurePython(name);
  console.log(`✓ Python packages: ${name} (${((performance.now() - started) / 1_000).toFixed(1)} s)`);

  const step = async (title: string, command: string, args: readonly string[], env?: Env) => {
    const begun = performance.now();
    const { isOk, output } = await run(program(command), args, env);
    console.log(`${isOk ? '✓' : '✗'} ${title} (${((performance.now() - begun) / 1_000).toFixed(1)} s)`);
    if (!isOk) console.log(output.trimEnd());
    return { output, tally: isOk ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 } };
  };
  return {
    program,
    step: async (...args) => (await step(...args)).tally,
    pytest: async (title, args, env) => {
      const { output, tally } = await step(title, 'pytest', ['-rs', '-p', 'no:cacheprovider', ...args], env);
      const [passed, failed] = [
        countIn(output, 'passed'),
        countIn(output, 'failed') + countIn(output, 'error'),
      ];
      for (const [line] of output.matchAll(/^SKIPPED.*$/gm)) console.log(`  ${line}`);
      console.log(`  ${passed} tests passed, ${failed} failed`);
      return { passed: tally.passed + passed, failed: tally.failed + failed };
    },
  };
};
