import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** As long as a whole shop may take to start on a machine that does other things as well. */
export const START_MS = 400_000;
/** Hooks that wait for a start end later than it does: it can say why it failed, and a hook cannot. */
export const HOOK_MS = START_MS + 30_000;

const LAST_LINES = 20;

const endOf = (file: string): string =>
  existsSync(file)
    ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n')
    : 'nothing';

/**
 * What `starting` comes to. Where that takes longer than `ms`, throws what was logged last.
 * @param onLate gets what started too late, to close it
 */
export const startedWithin = async <T>(
  starting: Promise<T>,
  { ms = START_MS, logFile, onLate }: { ms?: number; logFile: string; onLate: (late: T) => unknown },
): Promise<T> => {
  const timer = new AbortController();
  const late = pause(ms, undefined, timer).catch(() => undefined);
  const onTime = starting.then((started) => ({ started }));
  const first = await Promise.race([onTime, late]).finally(() => timer.abort());
  if (first) return first.started;
  void starting.then(onLate, () => undefined);
  throw new Error(`not started after ${ms / 1_000} s; the end of ${logFile}:\n${endOf(logFile)}`);
};
