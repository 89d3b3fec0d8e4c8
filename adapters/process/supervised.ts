import { backoff } from '../messaging/backoff.ts';
import { startChild, type Program } from './child.ts';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
/** A process that ran this long counts as started; its next pause is short again. */
const STEADY_MS = 10_000;

export interface SupervisedProcess {
  readonly name: string;
  readonly pid: () => number | undefined;
  /** Whether it is running. */
  readonly isRunning: () => boolean;
  /** Resolves when it is first ready; rejects with its output if it exits before. */
  readonly ready: Promise<void>;
  /** Asks it to exit, starts it again, and resolves when it is ready. */
  restart(): Promise<void>;
  /** Asks it to exit, kills it after a while, and does not start it again. */
  stop(): Promise<void>;
}

/**
 * Keeps a program running: if it exits by itself, it is started again with growing pauses.
 * @param say receives each line of its output, and its exits
 */
export const supervise = (program: Program, say: (line: string) => void): SupervisedProcess => {
  /** Whether it should exit now, and whether for good. */
  let [isEnding, isOver] = [false, false];
  let isRunning = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;

  const start = () => {
    const startedAt = performance.now();
    const child = startChild(program, say);
    const ready = child.line(/^ready on port/).then(() => {
      isRunning = true;
    });
    ready.catch(() => undefined); // callers that wait for it get the error
    void child.ended.then((how) => {
      isRunning = false;
      say(`ended (${how})`);
      if (isEnding) return;
      failures = performance.now() - startedAt > STEADY_MS ? 0 : failures + 1;
      timer = setTimeout(
        () => {
          current = start();
        },
        backoff(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS),
      );
    });
    return { child, ready };
  };
  const end = async (): Promise<void> => {
    clearTimeout(timer);
    await current.child.end();
  };

  let current = start();
  return {
    name: program.name,
    pid: () => current.child.pid,
    isRunning: () => isRunning,
    ready: current.ready,
    restart: async () => {
      isEnding = true;
      await end();
      if (isOver) return;
      isEnding = false;
      current = start();
      await current.ready;
    },
    stop: async () => {
      [isEnding, isOver] = [true, true];
      await end();
    },
  };
};
