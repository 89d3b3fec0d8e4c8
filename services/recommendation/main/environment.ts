import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const HOMES = join(ROOT, '.cache/python');
const WINDOWS = process.platform === 'win32';
/** Others may be shopping meanwhile. */
const UNHURRIED = 10;
const LAST_LINES = 5;

const OLDEST = '3.10';
const CHECK = `import sys, venv, ensurepip; assert sys.version_info >= (${OLDEST.replace('.', ', ')}); print(sys.version)`;

/** What is missing, for the person who starts the shop. */
export class NoPython extends Error {}

/** Resolves to what the program said; rejects with its last lines. */
const run = async (command: string, args: readonly string[]): Promise<string> => {
  const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<unknown>((resolve) => {
    child.once('error', resolve).once('close', resolve);
    if (child.pid !== undefined)
      try {
        setPriority(child.pid, UNHURRIED);
      } catch {
        // it has ended already
      }
  });
  if (code === 0) return said;
  const last = said.trim().split('\n').slice(-LAST_LINES).join('\n');
  throw new Error(last === '' ? `${command}: ${String(code)}` : last);
};

/** The first Python that is new enough, with its version; it must be able to make environments. */
const findPython = async (): Promise<{ readonly python: string; readonly version: string }> => {
  for (const python of ['python3', 'python']) {
    const version = await run(python, ['-c', CHECK]).catch(() => undefined);
    if (version !== undefined) return { python, version };
  }
  throw new NoPython(`Python ${OLDEST} or newer with venv is not installed`);
};

/** The path of a program in the environment of a lock file. */
const programIn =
  (lock: string) =>
  (name: string): string =>
    join(HOMES, lock, WINDOWS ? `Scripts/${name}.exe` : `bin/${name}`);

/** The interpreter of the service's own environment. */
export const INTERPRETER = programIn('service')('python');

/**
 * Makes a virtual environment in `.cache/`, from a lock file with its hashes, unless it is there already; resolves to the
 * paths of its programs. Rejects with `NoPython`, or with what pip said.
 * @param lock of `ml/requirements/<lock>.lock`
 * @param onBegin called before something is installed
 */
export const ensurePython = async (
  lock: string,
  onBegin: () => void = () => undefined,
): Promise<(name: string) => string> => {
  const program = programIn(lock);
  const file = join(ROOT, `ml/requirements/${lock}.lock`);
  const { python, version } = await findPython();
  const stamp = createHash('sha256').update(await readFile(file)).update(version).digest('hex'); // prettier-ignore
  const home = join(HOMES, lock);
  const mark = join(home, 'stamp');
  if ((await readFile(mark, 'utf8').catch(() => '')) === stamp) return program;
  onBegin();
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await run(python, ['-m', 'venv', home]);
  const options = ['--quiet', '--disable-pip-version-check', '--require-hashes', '--only-binary', ':all:'];
  await run(program('python'), ['-m', 'pip', 'install', ...options, '--requirement', file]);
  await writeFile(mark, stamp);
  return program;
};

/** The environment of the service. */
export const ensureEnvironment = async (onBegin?: () => void): Promise<void> => {
  await ensurePython('service', onBegin);
};
