import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** npm installs no links, so none is looked for at each of 2,000 modules: a sixth of the time that they take to load. */
const FLAGS = ['--disable-warning=ExperimentalWarning', '--preserve-symlinks'];

const STOP_MS = 30_000; // as Kubernetes does
/** Characters of its output that the error of a failed start includes. */
const REMEMBERED = 2_000;

interface AnyProgram {
  readonly name: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A script for Node. */
export interface Script extends AnyProgram {
  readonly entry: URL;
  /** For Node itself. */
  readonly flags?: readonly string[];
}

/** Any other. */
interface Command extends AnyProgram {
  readonly command: string;
}

export type Program = Script | Command;

const commandOf = (program: Program): readonly [string, ...string[]] =>
  'command' in program
    ? [program.command]
    : [process.execPath, ...FLAGS, ...(program.flags ?? []), fileURLToPath(program.entry)];

export interface Child {
  /** Undefined if it could not be started. */
  readonly pid: number | undefined;
  /** Resolves when it has exited, with its exit code or signal. */
  readonly ended: Promise<string>;
  /** The match of its first line from now on that matches; rejects with its output if it exits before. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Sends the signal, kills it after a while, and resolves when it has exited. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Starts a program in a process of its own, with a channel that closes when this process ends.
 * @param say receives each line of its output
 */
export const startChild = (program: Program, say: (line: string) => void = () => undefined): Child => {
  const { name, args = [], env } = program;
  const [command, ...before] = commandOf(program);
  const child = spawn(command, [...before, ...args], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('close', (code, signal) => resolve(signal ?? String(code)));
  });
  let output = '';
  const awaited = new Set<(line: string) => void>();
  for (const stream of [child.stdout, child.stderr])
    if (stream)
      createInterface({ input: stream }).on('line', (line) => {
        output = `${output}${line}\n`.slice(-REMEMBERED);
        say(line);
        for (const look of awaited) look(line);
      });
  return {
    pid: child.pid,
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        awaited.add((line) => {
          const match = pattern.exec(line);
          if (match) resolve(match);
        });
        void ended.then((how) => {
          reject(new Error(`${name} exited (${how}) before it was ready:\n${output}`));
        });
      }),
    end: async (signal = 'SIGTERM') => {
      const insist = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      child.kill(signal);
      await ended;
      clearTimeout(insist);
    },
  };
};
