import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { backoff } from '#adapters/messaging/backoff.ts';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
/** A process that ran this long counts as started; its next pause is short again. */
const STEADY_MS = 10_000;
const STOP_MS = 30_000; // as Kubernetes does

export interface ProcessPlan {
  /** `order`, or `order.2` for its second instance. */
  readonly name: string;
  /** The script for Node. */
  readonly entry: URL;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface SupervisedProcess {
  readonly name: string;
  readonly pid: () => number | undefined;
  /** Whether it is running. */
  readonly isRunning: () => boolean;
  /** Resolves when it is first ready; rejects with its output if it exits before. */
  readonly ready: Promise<void>;
  /** Asks it to exit, and starts it again afterwards. */
  restart(): Promise<void>;
  /** Asks it to exit, kills it after a while, and does not start it again. */
  stop(): Promise<void>;
}

/**
 * Keeps a process running: if it exits by itself, it is started again with growing pauses.
 * @param say receives each line of its output, and its exits and restarts
 */
export const superviseProcess = (
  { name, entry, env }: ProcessPlan,
  say: (line: string) => void,
): SupervisedProcess => {
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();
  /** Whether it should exit now, and whether for good. */
  let [isEnding, isOver] = [false, false];
  let isRunning = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let whenReady: () => void = () => undefined;
  let whenFailed: (error: Error) => void = () => undefined;
  let running: Promise<void> = Promise.resolve();

  const start = (): void => {
    const startedAt = performance.now();
    let output = '';
    const args = ['--disable-warning=ExperimentalWarning', fileURLToPath(entry)];
    const started = spawn(process.execPath, args, {
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'], // a closed channel tells the process that its supervisor is gone
    });
    child = started;
    running = new Promise((resolve) => {
      for (const stream of [started.stdout, started.stderr])
        createInterface({ input: stream ?? Readable.from([]) }).on('line', (line) => {
          output = `${output}${line}\n`.slice(-2_000);
          say(line);
          if (!line.startsWith('ready on port')) return;
          isRunning = true;
          whenReady();
          resolve();
        });
    });
    ended = new Promise((resolve) => {
      started.once('error', (error) => {
        say(error.message);
        resolve();
      });
      started.once('close', (code, signal) => {
        isRunning = false;
        say(`ended (${signal ?? code ?? 'unknown'})`);
        resolve();
        if (isEnding) return;
        whenFailed(new Error(`${name} exited before it was ready:\n${output}`));
        failures = performance.now() - startedAt > STEADY_MS ? 0 : failures + 1;
        timer = setTimeout(start, backoff(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS));
      });
    });
  };

  const end = async (): Promise<void> => {
    clearTimeout(timer);
    const insist = setTimeout(() => child?.kill('SIGKILL'), STOP_MS);
    child?.kill('SIGTERM');
    await ended;
    clearTimeout(insist);
  };

  const ready = new Promise<void>((resolve, reject) => {
    whenReady = resolve;
    whenFailed = reject;
  });
  ready.catch(() => undefined); // callers that wait for `ready` get the error
  start();
  return {
    name,
    pid: () => child?.pid,
    isRunning: () => isRunning,
    ready,
    restart: async () => {
      isEnding = true;
      await end();
      if (isOver) return;
      isEnding = false;
      start();
      await running;
    },
    stop: async () => {
      [isEnding, isOver] = [true, true];
      await end();
    },
  };
};
