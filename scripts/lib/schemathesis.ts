import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const VERSION = '4.32.5';
const HOME = fileURLToPath(new URL('../../.cache/schemathesis/', import.meta.url));
/** The folder of `schemathesis_hooks.py`. */
const HOOKS = fileURLToPath(new URL('.', import.meta.url));
const WINDOWS = process.platform === 'win32';
const inHome = (name: string): string => HOME + (WINDOWS ? `Scripts\\${name}.exe` : `bin/${name}`);

const run = (command: string, args: readonly string[]): string | undefined => {
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return status === 0 ? stdout : undefined;
};

/** Schemathesis in a virtual environment of its own, made at the first use; throws with what is missing. */
export const installSchemathesis = (): void => {
  if (existsSync(inHome('st')) && run(inHome('st'), ['--version'])?.includes(VERSION) === true) return;
  const python = ['python3', 'python'].find((name) =>
    run(name, ['-c', 'import sys; assert sys.version_info >= (3, 10)']) === undefined ? false : true,
  );
  if (python === undefined)
    throw new Error('`npm run fuzz` needs Python 3.10 or newer as `python3`, for Schemathesis (from PyPI).');
  console.log(`Installing Schemathesis ${VERSION} into .cache/ …`);
  if (run(python, ['-m', 'venv', HOME]) === undefined)
    throw new Error(
      'Python has no `venv` (on Debian: apt-get install python3-venv), or .cache/ cannot be written.',
    );
  if (run(inHome('python'), ['-m', 'pip', 'install', '--quiet', `schemathesis==${VERSION}`]) === undefined)
    throw new Error('pip could not install Schemathesis; it needs PyPI or a mirror of it.');
};

export interface FuzzRun {
  readonly url: string;
  /** A schemathesis.toml. */
  readonly config: string;
  readonly seed: number;
  readonly seconds: number;
  /** Every request carries it. */
  readonly token: string | undefined;
}

/** Fuzzes what `/openapi.json` at `url` describes; resolves to whether nothing failed, and what was said. */
export const runSchemathesis = async ({
  url,
  config,
  seed,
  seconds,
  token,
}: FuzzRun): Promise<{ ok: boolean; output: string }> => {
  const auth = token === undefined ? [] : ['--header', `Authorization: Bearer ${token}`];
  const limits = ['--seed', String(seed), '--max-time', String(seconds), '--request-timeout', '20'];
  const options = ['--config-file', config, '--no-color', 'run', `${url}/openapi.json`];
  const child = spawn(inHome('st'), [...options, ...limits, ...auth], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PYTHONPATH: HOOKS,
      PYTHONDONTWRITEBYTECODE: '1',
      SCHEMATHESIS_HOOKS: 'schemathesis_hooks',
    },
  });
  const end = (): void => void child.kill('SIGTERM');
  process.once('SIGINT', end).once('SIGTERM', end);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  process.off('SIGINT', end).off('SIGTERM', end);
  return { ok: code === 0, output };
};
