import { spawn } from 'node:child_process';

/** A program ended badly, or is not there; the message holds what it said. */
export class ProgramFailed extends Error {
  constructor(line: string, said: string) {
    super(`${line}: ${said.trim()}`);
    this.name = 'ProgramFailed';
  }
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Run as this user and group. */
  readonly uid?: number;
  readonly gid?: number;
}

/** Runs a program to its end and returns what it wrote; throws `ProgramFailed`. */
export const run = async (
  program: string,
  args: readonly string[],
  { env, ...options }: RunOptions = {},
): Promise<string> => {
  const child = spawn(program, args, {
    ...options,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('close', (code) =>
      resolve(code === 0 ? undefined : `${out}${errors}`.slice(-2_000) || `exit ${code}`),
    );
  });
  if (failure === undefined) return out;
  throw new ProgramFailed(`${program} ${args.join(' ')}`, failure);
};
